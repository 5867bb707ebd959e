import { readWorkspace } from '@mcp-stacks/workspace';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Bench, type Command } from '../contestant.js';
import { runProcess } from '../run/run-process.js';
import { cloneWorkspace } from '../workspace-clone.js';

/** A clone of this workspace with an Nx cache of its own. */
export interface NxWorkspace {
  readonly folder: string;
  /** The targets that render, one for each environment. */
  readonly renders: readonly string[];
  /** `nx ARGS` as its users run it, without npx. */
  readonly nx: (args: readonly string[], options?: NxOptions) => Command;
}

export interface NxOptions {
  /** Whether Nx keeps a process that knows the project graph. @default false, as in CI */
  readonly daemon?: boolean;
  /** Absolute. @default the clone's own */
  readonly cache?: string;
}

/** Makes the clone and builds the Nx plugin that its graph needs. */
export async function openNxWorkspace({ root, temporary, say }: Bench, name: string): Promise<NxWorkspace> {
  const folder = join(temporary, name);
  const cache = join(temporary, `${name}-cache`);
  say(`clone the workspace: ${name}`);
  mkdirSync(folder);
  cloneWorkspace(root, folder);
  await runProcess({
    program: process.execPath,
    args: ['node_modules/typescript/bin/tsc', '--build', 'tools/nx-pulumi/tsconfig.lib.json'],
    cwd: folder,
  });
  const { stacks } = readWorkspace(folder);
  const environments = [...new Set(stacks.flatMap((stack) => stack.environments))];
  return {
    folder,
    renders: environments.map((environment) => `render-${environment}`),
    nx: (args, options = {}) => ({
      program: process.execPath,
      args: ['node_modules/.bin/nx', ...args],
      cwd: folder,
      env: {
        NX_DAEMON: String(options.daemon ?? false),
        NX_CACHE_DIRECTORY: join(options.cache ?? cache, 'tasks'),
        // The list of what is in the cache: the two belong together.
        NX_WORKSPACE_DATA_DIRECTORY: join(options.cache ?? cache, 'data'),
        NX_TUI: 'false',
        CI: undefined,
      },
    }),
  };
}
