import type { Stack } from '@mcp-stacks/workspace';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { type MergedStackConfig, mergeStackConfig } from './merge-stack-config.js';

/** Folder of the local backend in the workspace's root: state, passphrase, working copies. Never tracked by git. */
export const LOCAL_BACKEND_FOLDER = '.pulumi-local';

/** The folder that Pulumi runs in for a stack on the local backend, absolute. */
export function localProjectFolder(root: string, stack: Stack, environment: string): string {
  return path.join(root, LOCAL_BACKEND_FOLDER, 'config', environment, stack.name);
}

/** The config that a stack has on the local backend: the tracked file, and the secrets of the working copy. */
export function localConfig(root: string, stack: Stack, environment: string): MergedStackConfig {
  const file = `Pulumi.${environment}.yaml`;
  const copy = path.join(localProjectFolder(root, stack, environment), file);
  return mergeStackConfig(
    stack.name,
    readFileSync(path.join(stack.folder, file), 'utf8'),
    existsSync(copy) ? readFileSync(copy, 'utf8') : undefined,
  );
}
