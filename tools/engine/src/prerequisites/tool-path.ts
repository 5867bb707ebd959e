import path from 'node:path';

/**
 * The `PATH` that Pulumi is looked for on and gets: the workspace's own programs first, so that stack programs run on
 * the Node version that the workspace pins, not on the system's.
 */
export function toolPath(root: string, shell: NodeJS.ProcessEnv): string {
  return [path.join(root, 'node_modules', '.bin'), shell.PATH ?? ''].join(path.delimiter);
}
