import { readWorkspace, type Stack } from '@mcp-stacks/workspace';
import { cpSync, mkdirSync, readdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Copies what describes the stacks and their environments into a folder, which runs on this workspace's packages. The
 * programs are left to the caller.
 *
 * @returns The stacks of this workspace.
 */
export function copyStacks(root: string, folder: string): readonly Stack[] {
  mkdirSync(folder, { recursive: true });
  for (const file of ['nx.json', 'package.json', 'environments.yaml']) {
    cpSync(join(root, file), join(folder, file));
  }
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  const { stacks } = readWorkspace(root);
  for (const stack of stacks) {
    const target = join(folder, stack.path);
    mkdirSync(target, { recursive: true });
    for (const file of readdirSync(stack.folder)) {
      if (/\.yaml$|^package\.json$/.test(file)) cpSync(join(stack.folder, file), join(target, file));
    }
  }
  return stacks;
}
