import { readJson, type ProjectGraph, type ProjectGraphDependency, type Tree } from '@nx/devkit';
import JsVersionActions from '@nx/js/src/release/version-actions';
import { join } from 'node:path';
import { countTouchedPackagesOnly } from './touched-packages.js';

export { afterAllProjectsVersioned } from '@nx/js/src/release/version-actions';

// Nx loads this module before it looks at any commit.
countTouchedPackagesOnly();

/**
 * How `nx release` versions a package of this workspace: as any of npm's, but what only its tests use does not bump
 * it. Nx's graph makes no difference between the two, and every library's tests run on the recorder.
 */
export default class PackageVersionActions extends JsVersionActions {
  override async readDependencies(tree: Tree, graph: ProjectGraph): Promise<ProjectGraphDependency[]> {
    const { dependencies, peerDependencies, optionalDependencies } = readJson<
      Partial<Record<string, Record<string, string>>>
    >(tree, join(this.projectGraphNode.data.root, 'package.json'));
    const used = { ...dependencies, ...peerDependencies, ...optionalDependencies };
    return (await super.readDependencies(tree, graph)).filter(({ target }) => {
      const name = graph.nodes[target]?.data.metadata?.js?.packageName;
      return name !== undefined && name in used;
    });
  }
}
