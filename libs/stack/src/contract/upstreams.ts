import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * The stacks that a stack builds on, from the one place that declares them: `nx.implicitDependencies` in its
 * `package.json`, from which Nx draws its graph.
 *
 * @param folder The stack's folder.
 */
export function readUpstreams(folder: string): readonly string[] {
  const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
    nx?: { implicitDependencies?: string[] };
  };
  return manifest.nx?.implicitDependencies ?? [];
}
