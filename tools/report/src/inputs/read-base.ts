import { ProblemsError } from '@mcp-stacks/problem';
import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { readRendering } from '../compare/read-rendering.js';
import { type Rendering } from '../compare/rendering.js';
import { git } from './git.js';
import { renderRevision } from './render-revision.js';

/** What a change is compared with. */
export interface Base {
  /** For people: `main (0b1c2d3e4f)`, or the folder. */
  readonly name: string;
  /** The commit, where it is one. */
  readonly commit?: string;
  readonly rendering: Rendering;
}

/**
 * @param base A folder of rendered manifests, relative to the current one, or a git revision.
 * @param onStep Hears what is being done, where it takes a while.
 * @throws ProblemsError where it is neither.
 */
export async function readBase(root: string, base: string, onStep: (step: string) => void): Promise<Base> {
  const folder = resolve(base);
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() ?? false) {
    return { name: base, rendering: readRendering(folder) };
  }
  // A leading dash would be an option of git's.
  const commit = git(root, 'rev-parse', '--verify', '--quiet', '--end-of-options', `${base}^{commit}`);
  if (commit === undefined) {
    throw new ProblemsError('What to compare with', [
      {
        where: '--base',
        found: base,
        expected: 'a folder of rendered manifests, or a git revision',
        remedy: `correct it; of a shallow clone, git fetch origin ${base} brings the revision`,
      },
    ]);
  }
  const short = commit.slice(0, 10);
  return {
    name: commit.startsWith(base) ? short : `${base} (${short})`,
    commit,
    rendering: await renderRevision(root, commit, onStep),
  };
}
