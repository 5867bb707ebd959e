import { spawnSync } from 'node:child_process';
import { root } from '../workspace/temporary-workspace.js';
import { CONTEXT } from './mode.js';

/** What a command printed and how it ended. */
export interface Ended {
  readonly code: number | null;
  readonly output: string;
}

/** Runs a command to its end. */
export function run(command: string, args: readonly string[], cwd: string, input?: string): Ended {
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    cwd,
    encoding: 'utf8',
    env: { ...process.env, NO_COLOR: '1' },
    maxBuffer: 2 ** 26,
    ...(input === undefined
      ? { stdio: ['ignore', 'pipe', 'pipe'] as const }
      : { input, stdio: ['pipe', 'pipe', 'pipe'] as const }),
  });
  if (error !== undefined) throw error;
  return { code: status, output: status === 0 ? stdout : stdout + stderr };
}

/** `kubectl` on the named context. */
export function kubectl(...args: readonly string[]): Ended {
  return run('kubectl', ['--context', CONTEXT ?? '', ...args], root);
}

/** `kubectl <args> --filename -` of some objects. */
export function kubectlWith(objects: readonly unknown[], ...args: readonly string[]): Ended {
  const list = JSON.stringify({ apiVersion: 'v1', kind: 'List', items: objects });
  return run('kubectl', ['--context', CONTEXT ?? '', ...args, '--filename', '-'], root, list);
}
