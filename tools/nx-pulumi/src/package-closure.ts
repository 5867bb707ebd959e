import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { join, relative, sep } from 'node:path';

/** Everything that some packages of the workspace run on. */
export interface PackageClosure {
  /** The folders of the workspace's own packages among them, relative to its root, sorted. */
  readonly folders: readonly string[];
  /**
   * The installed packages that these depend on, direct ones only, sorted, as Nx names them: with the version where
   * it is another one than the workspace's.
   */
  readonly npmPackages: readonly string[];
}

interface PackageJson {
  readonly version?: string;
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
      const own = join(folder, 'node_modules', name);
      const shared = join(root, 'node_modules', name);
      if (existsSync(own)) npmPackages.add(`${name}@${readPackageJson(own).version}`);
      // Nx refuses inputs that name a package which is not installed.
      else if (!existsSync(shared)) continue;
      else if (isInstalled(root, realpathSync(shared))) npmPackages.add(name);
      else visit(realpathSync(shared));
    }
  };
  start.forEach(visit);
  return {
    folders: [...folders].map((folder) => relative(root, folder).split(sep).join('/')).sort(),
    npmPackages: [...npmPackages].sort(),
  };
}

function isInstalled(root: string, folder: string): boolean {
  return relative(root, folder).split(sep).includes('node_modules');
}

function readPackageJson(folder: string): PackageJson {
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as PackageJson;
}
