import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { compareRenderings } from './compare/compare-renderings.js';
import { type Rendering } from './compare/rendering.js';
import { environmentPage } from './page/environment-page.js';

/** What the pages show. */
export interface PagesOptions {
  /** The folder that gets `<environment>/index.html`. */
  readonly folder: string;
  readonly head: Rendering;
  /** What was rendered, for people. */
  readonly commit: string;
  /** What it is compared with. @default nothing */
  readonly base?: { readonly name: string; readonly rendering: Rendering };
}

/** Writes one page for each environment. @returns the files */
export function writePages({ folder, head, commit, base }: PagesOptions): readonly string[] {
  const names = head.environments.map(({ name }) => name);
  const comparisons = base === undefined ? [] : compareRenderings(base.rendering, head).environments;
  return head.environments.map((environment) => {
    const file = join(folder, environment.name, 'index.html');
    const comparison = comparisons.find(({ name }) => name === environment.name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(
      file,
      environmentPage({
        environment,
        environments: names,
        commit,
        ...(base !== undefined && comparison !== undefined && { changes: { base: base.name, comparison } }),
      }),
    );
    return file;
  });
}
