import { relative, sep } from 'node:path';
import { type LoadedModule } from './loaded-module.js';
import { type LoadedByScenario } from './measure-loaded.js';

/** Numbers of modules and of bytes of source. */
export interface Amount {
  readonly modules: number;
  readonly bytes: number;
}

/** What one run loads, by package. */
export interface Loaded extends Amount {
  readonly packages: Readonly<Record<string, Amount>>;
}

/** By what is run. */
export type LoadedSummary = Readonly<Record<string, Loaded>>;

export function summaryOf(loaded: LoadedByScenario, root: string): LoadedSummary {
  return Object.fromEntries(
    [...loaded].map(([scenario, modules]) => [scenario, summaryOfOne(modules, root)]),
  );
}

function summaryOfOne(modules: readonly LoadedModule[], root: string): Loaded {
  const packages = new Map<string, Amount>();
  for (const { file, bytes } of modules) {
    const name = packageOf(file, root);
    const before = packages.get(name) ?? { modules: 0, bytes: 0 };
    packages.set(name, { modules: before.modules + 1, bytes: before.bytes + bytes });
  }
  return {
    modules: modules.length,
    bytes: modules.reduce((sum, { bytes }) => sum + bytes, 0),
    packages: Object.fromEntries([...packages].sort(([one], [other]) => (one < other ? -1 : 1))),
  };
}

/** The npm package of a file, or the folder of this workspace's project: `typescript`, `libs/stack`. */
export function packageOf(file: string, root: string): string {
  const parts = relative(root, file).split(sep);
  const installed = parts.lastIndexOf('node_modules');
  const [first = '', second = ''] = parts.slice(installed + 1);
  return installed < 0 || first.startsWith('@') ? `${first}/${second}` : first;
}

/** The files that lead to the first module of a package, from the program on, relative to the workspace. */
export function importChain(modules: readonly LoadedModule[], name: string, root: string): readonly string[] {
  const byFile = new Map(modules.map((module) => [module.file, module]));
  const chain: string[] = [];
  let current = modules.find(({ file }) => packageOf(file, root) === name);
  while (current !== undefined && !chain.includes(current.file)) {
    chain.unshift(current.file);
    current = current.parent === undefined ? undefined : byFile.get(current.parent);
  }
  return chain.map((file) => relative(root, file).split(sep).join('/'));
}
