import { renderChain, writeManifests, writeSummaries } from '@mcp-stacks/render';
import { join } from 'node:path';
import { readRendering } from '../compare/read-rendering.js';
import { type Rendering } from '../compare/rendering.js';

/** Where `render` writes, relative to the workspace's root. */
export const RENDER_FOLDER = 'dist/render';

/**
 * Renders the chain anew and reads what was written, so that both sides of a comparison come from files.
 *
 * @param environments @default all
 * @throws ProblemsError, ChainProblemsError: what is wrong; then nothing was written.
 */
export async function renderHead(root: string, environments?: readonly string[]): Promise<Rendering> {
  const chain = await renderChain({ root, ...(environments !== undefined && { environments }) });
  writeManifests(chain);
  writeSummaries(chain);
  const read = readRendering(
    join(root, RENDER_FOLDER),
    chain.environments.map(({ name }) => name),
  );
  return {
    // In the chain's order; a file that an earlier render left behind is none of its stacks.
    environments: chain.environments.map(({ name, stacks }) => ({
      name,
      stacks: stacks.flatMap(
        ({ stack }) =>
          read.environments
            .find((one) => one.name === name)
            ?.stacks.find((one) => one.stack === stack.name) ?? [],
      ),
    })),
  };
}
