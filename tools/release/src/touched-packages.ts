import type { ProjectGraph } from '@nx/devkit';
import { ReleaseGraph } from 'nx/src/command-line/release/utils/release-graph';

/**
 * Has `nx release` count a commit for the packages in whose folders it changed a file, tests left out.
 *
 * By itself Nx counts it for all that is affected too: a feature of one library would be a feature of every package
 * above it, and a change of `nx.json` or the lock file one of all. What depends on a package is bumped once that
 * package is, by `updateDependents`. Nx has no setting for it; this replaces a method, and `e2e/release` pins it.
 */
export function countTouchedPackagesOnly(): void {
  ReleaseGraph.prototype.resolveAffectedFilesPerCommitInProjectGraph = (commit, graph) =>
    Promise.resolve(touched(commit.affectedFiles, graph));
}

function touched(files: readonly string[], graph: ProjectGraph): ProjectGraph {
  const nodes = Object.values(graph.nodes).filter(({ data: { root } }) =>
    files.some((file) => file.startsWith(`${root}/`) && !file.startsWith(`${root}/test/`)),
  );
  return { nodes: Object.fromEntries(nodes.map((node) => [node.name, node])), dependencies: {} };
}
