import { generateFiles, OverwriteStrategy, readJson, type Tree, updateJson, writeJson } from '@nx/devkit';
import { join } from 'node:path';

/** One folder for each generator, and `project` with what all projects have. */
const TEMPLATES = join(__dirname, '../../templates');

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
export function libraryVersion(tree: Tree, library: string): string {
  return readJson<PackageJson>(tree, `libs/${library}/package.json`).version ?? '0.0.0';
}

/** Adds the files of a template that are not there yet. */
export function addFiles(tree: Tree, template: string, folder: string, values: object): void {
  generateFiles(tree, join(TEMPLATES, template), folder, values, {
    overwriteStrategy: OverwriteStrategy.KeepExisting,
  });
}

/** Adds what a project's folder lacks of its template and of what all projects have, and names it in the root's config. */
export function addProject(
  tree: Tree,
  folder: string,
  project: {
    readonly template: string;
    readonly values: { readonly name: string };
    readonly packageJson: object;
  },
): void {
  addFiles(tree, 'project', folder, project.values);
  addFiles(tree, project.template, folder, project.values);
  if (!tree.exists(`${folder}/package.json`)) writeJson(tree, `${folder}/package.json`, project.packageJson);
  reference(tree, folder);
}

/** Names a project in the root's `tsconfig.json`, once. */
function reference(tree: Tree, folder: string): void {
  const path = `./${folder}`;
  const { references } = readJson<{ references: readonly { path: string }[] }>(tree, 'tsconfig.json');
  if (references.some((one) => one.path === path)) return;
  updateJson(tree, 'tsconfig.json', (root: object) => ({ ...root, references: [...references, { path }] }));
}
