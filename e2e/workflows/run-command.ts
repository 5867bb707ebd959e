import { spawnSync } from 'node:child_process';
import type { Variables } from './workflow.js';

/** A command that was run. */
export interface PlayedCommand {
  readonly command: string;
  readonly code: number | null;
  readonly output: string;
  readonly seconds: number;
}

/**
 * Runs a script of a document or a workflow as GitHub would: by Bash, ended by the first command that fails.
 *
 * @param variables Beside those of this process that a user's shell would have as well.
 * @param input What is typed. @default nothing, as on a runner
 */
export function runCommand(
  command: string,
  folder: string,
  variables: Variables,
  input?: string,
): PlayedCommand {
  const started = performance.now();
  // Those of the Nx, npm and Jest that this runs in would make the ones of the command believe to be a part of them.
  const inherited = Object.entries(process.env).filter(
    ([name]) => !/^(NX_|npm_(?!config_registry)|JEST_|NODE_ENV$)/.test(name),
  );
  const { status, stdout, stderr, error } = spawnSync('bash', ['-eo', 'pipefail', '-c', command], {
    cwd: folder,
    encoding: 'utf8',
    env: { ...Object.fromEntries(inherited), NX_DAEMON: 'false', ...variables },
    maxBuffer: 2 ** 28,
    ...(input === undefined
      ? { stdio: ['ignore', 'pipe', 'pipe'] as const }
      : { input, stdio: ['pipe', 'pipe', 'pipe'] as const }),
  });
  if (error !== undefined) throw error;
  return { command, code: status, output: stdout + stderr, seconds: (performance.now() - started) / 1000 };
}
