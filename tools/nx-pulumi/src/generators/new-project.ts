import { readJson, type Tree, updateJson, writeJson } from '@nx/devkit';
import { join } from 'node:path';

/** The folder of the templates, one folder for each generator. */
export const TEMPLATES = join(__dirname, '../../templates');

/** Where the workspace states the version of a package from npm. */
const STATED_IN = ['package.json', 'stacks/namespace-rbac/package.json'];

interface PackageJson {
  readonly version?: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
}

/** The workspace's own versions of packages: two copies of Pulumi's SDK do not know each other's objects. */
export function npmVersions(tree: Tree, names: readonly string[]): Record<string, string | undefined> {
  const stated = STATED_IN.map((file) => readJson<PackageJson>(tree, file)).flatMap(
    ({ dependencies = {}, devDependencies = {} }) => [dependencies, devDependencies],
  );
  return Object.fromEntries(names.map((name) => [name, stated.find((all) => name in all)?.[name]]));
}

/** The version of a library of this workspace. */
export function libraryVersion(tree: Tree, library: string): string | undefined {
  return readJson<PackageJson>(tree, `libs/${library}/package.json`).version;
}

/** Writes a JSON file unless it is there. */
export function writeNewJson(tree: Tree, file: string, content: object): void {
  if (!tree.exists(file)) writeJson(tree, file, content);
}

/** Names a project in the root's `tsconfig.json`, once. */
export function reference(tree: Tree, folder: string): void {
  const path = `./${folder}`;
  const { references } = readJson<{ references: readonly { path: string }[] }>(tree, 'tsconfig.json');
  if (references.some((one) => one.path === path)) return;
  updateJson(tree, 'tsconfig.json', (root: object) => ({ ...root, references: [...references, { path }] }));
}
