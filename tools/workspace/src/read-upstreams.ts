import { type Problem, ProblemsError } from '@mcp-stacks/problem';
import { readStackManifest } from './read-stack-manifest.js';

/**
 * The stacks whose outputs the stack in `stackFolder` reads, direct ones only: `nx.implicitDependencies` of its
 * `package.json`, the one place that declares them.
 *
 * @throws ProblemsError where the file is missing or malformed.
 */
export function readUpstreams(stackFolder: string): string[] {
  const problems: Problem[] = [];
  const manifest = readStackManifest(stackFolder, stackFolder, problems);
  ProblemsError.throwIfAny('Stack', problems);
  return [...(manifest?.upstreams ?? [])];
}
