import type { Problem } from '@mcp-stacks/problem';
import { getProjects, readJson, type Tree } from '@nx/devkit';

/** The part of `package-lock.json` that says what stands in `node_modules`: by path, such as `node_modules/yaml`. */
interface PackageLock {
  readonly packages?: Readonly<Record<string, unknown>>;
}

/**
 * The problem of a name that something else in the workspace has: an Nx project, of which a second one of that name
 * stops every command of Nx, or an npm package, which the new one would take the place of.
 *
 * @param folder Where the project goes; what a former run made there is no problem.
 * @param packageName The name as npm has it.
 */
export function* takenNameProblems(
  tree: Tree,
  {
    name,
    folder,
    packageName,
  }: { readonly name: string; readonly folder: string; readonly packageName: string },
): Generator<Problem> {
  const other = getProjects(tree).get(name)?.root;
  if (other !== undefined && other !== folder) {
    yield {
      where: 'name',
      found: `${JSON.stringify(name)}, the project in ${other}`,
      expected: 'a name that no project of this workspace has',
      remedy: 'choose another name',
    };
  }
  if (tree.exists('package-lock.json') && !tree.exists(folder)) {
    const { packages = {} } = readJson<PackageLock>(tree, 'package-lock.json');
    if (packages[`node_modules/${packageName}`] === undefined) return;
    yield {
      where: 'name',
      found: `${JSON.stringify(packageName)}, an npm package that this workspace uses`,
      expected: 'a name that would not take its place in node_modules',
      remedy: 'choose another name',
    };
  }
}
