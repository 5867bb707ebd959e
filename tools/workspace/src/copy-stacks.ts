import { cpSync, mkdirSync, readdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { readWorkspace } from './read-workspace.js';
import { type Stack } from './workspace.js';

/** What a copy takes from the workspace itself, by links. */
export interface CopyOptions {
  /**
   * Links each stack's compiled program: its folder `dist`, which need not be built yet.
   * @default false
   */
  readonly linkPrograms?: boolean;
  /**
   * Links the installed packages: `node_modules`.
   * @default false
   */
  readonly linkPackages?: boolean;
}

/**
 * Copies what describes a workspace's stacks and their environments into a folder, to be edited there: `nx.json`,
 * `package.json`, `environments.yaml`, and each stack's YAML files and `package.json`.
 *
 * @param root The workspace's root, absolute.
 * @param folder The copy's root, absolute, which is made where it is missing.
 * @returns The stacks of the workspace itself; each has the same `path` in the copy.
 * @throws ProblemsError with everything that is wrong in the workspace's files.
 */
export function copyStacks(
  root: string,
  folder: string,
  { linkPrograms = false, linkPackages = false }: CopyOptions = {},
): readonly Stack[] {
  const { stacks } = readWorkspace(root);
  mkdirSync(folder, { recursive: true });
  for (const file of ['nx.json', 'package.json', 'environments.yaml']) {
    cpSync(join(root, file), join(folder, file));
  }
  if (linkPackages) symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  for (const stack of stacks) {
    const copy = join(folder, stack.path);
    mkdirSync(copy, { recursive: true });
    for (const file of readdirSync(stack.folder)) {
      if (/\.yaml$|^package\.json$/.test(file)) cpSync(join(stack.folder, file), join(copy, file));
    }
    if (linkPrograms) symlinkSync(join(stack.folder, 'dist'), join(copy, 'dist'));
  }
  return stacks;
}
