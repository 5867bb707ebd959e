import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { compareRenderings } from './compare/compare-renderings.js';
import { type Rendering } from './compare/rendering.js';
import { environmentPage } from './page/environment-page.js';
import { overviewPage } from './page/overview-page.js';

/** What the pages show. */
export interface PagesOptions {
  /** The folder that gets `index.html` and `<environment>/index.html`. */
  readonly folder: string;
  readonly head: Rendering;
  /** What was rendered, for people. */
  readonly commit: string;
  /** What it is compared with. @default nothing */
  readonly base?: { readonly name: string; readonly rendering: Rendering };
}

/** Writes one page for each environment, and one with links to them. @returns the files */
export function writePages({ folder, head, commit, base }: PagesOptions): readonly string[] {
  const names = head.environments.map(({ name }) => name);
  const comparisons = base === undefined ? [] : compareRenderings(base.rendering, head).environments;
  const shown = head.environments.map((environment) => ({
    environment,
    comparison: comparisons.find(({ name }) => name === environment.name),
  }));
  const write = (file: string, text: string): string => {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
    return file;
  };
  return [
    ...shown.map(({ environment, comparison }) =>
      write(
        join(folder, environment.name, 'index.html'),
        environmentPage({
          environment,
          environments: names,
          commit,
          ...(base !== undefined && comparison !== undefined && { changes: { base: base.name, comparison } }),
        }),
      ),
    ),
    write(join(folder, 'index.html'), overviewPage(shown, commit)),
  ];
}
