import { join } from 'node:path';
import { type RenderedChain } from '../chain/rendered-chain.js';
import { summaryPath } from '../manifests/manifest-path.js';
import { writeAtOnce } from '../manifests/write-at-once.js';
import { stackSummary } from './stack-summary.js';

/** Writes the summary of every selected stack beside its manifests, for whoever compares two renders. */
export function writeSummaries({ root, environments }: RenderedChain): void {
  for (const rendered of environments.flatMap(({ stacks }) => stacks)) {
    if (!rendered.selected) continue;
    const file = join(root, summaryPath(rendered.stack.name, rendered.environment));
    writeAtOnce(file, `${JSON.stringify(stackSummary(rendered), null, 2)}\n`);
  }
}
