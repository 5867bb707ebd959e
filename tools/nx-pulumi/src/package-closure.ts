import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { join, relative, sep } from 'node:path';

/** Everything that some packages of the workspace run on. */
export interface PackageClosure {
  /** The folders of the workspace's own packages among them, relative to its root, sorted. */
  readonly folders: readonly string[];
  /** The names of the installed packages that these depend on, direct ones only, sorted. */
  readonly npmPackages: readonly string[];
}

interface PackageJson {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
}

/**
 * Follows `dependencies` and `peerDependencies` through the workspace's own packages.
 *
 * @param root The workspace's root, absolute.
 * @param start The folders of the packages to start from, absolute.
 */
export function packageClosure(root: string, start: readonly string[]): PackageClosure {
  const folders = new Set<string>();
  const npmPackages = new Set<string>();
  const visit = (folder: string): void => {
    if (folders.has(folder)) return;
    folders.add(folder);
    const { dependencies, peerDependencies } = readPackageJson(folder);
    for (const name of Object.keys({ ...dependencies, ...peerDependencies })) {
      const installed = join(root, 'node_modules', name);
      // Nx refuses inputs that name a package which is not installed.
      if (!existsSync(installed)) continue;
      const real = realpathSync(installed);
      if (relative(root, real).split(sep).includes('node_modules')) npmPackages.add(name);
      else visit(real);
    }
  };
  start.forEach(visit);
  return {
    folders: [...folders].map((folder) => relative(root, folder).split(sep).join('/')).sort(),
    npmPackages: [...npmPackages].sort(),
  };
}

function readPackageJson(folder: string): PackageJson {
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as PackageJson;
}
