import { spawn } from 'node:child_process';
import { delimiter, dirname } from 'node:path';
import { type Command } from '../contestant.js';

/** What a process printed and how long it took, from before its start until it had ended. */
export interface Ended {
  readonly milliseconds: number;
  readonly stdout: string;
}

/** Settings of whoever runs the bench that would make contestants faster or slower than their users have them. */
const SETTINGS = /^(npm_|NX_|NODE_OPTIONS$|NODE_COMPILE_CACHE|NODE_DISABLE_COMPILE_CACHE$|PULUMI_)/i;

/** The environment that every contestant runs in. */
export function contestantEnvironment(): Record<string, string | undefined> {
  const kept = Object.entries(process.env).filter(([name]) => !SETTINGS.test(name));
  return {
    ...Object.fromEntries(kept),
    // Programs written for Node run on the one that runs this.
    PATH: [dirname(process.execPath), process.env.PATH].join(delimiter),
    NO_COLOR: '1',
  };
}

/**
 * Runs a program to its end.
 *
 * @param watch Hears of the process id once it runs; the returned function is called when it has ended.
 * @throws Error with all of its output if it fails.
 */
export async function runProcess(
  { program, args, cwd, env }: Command,
  watch?: (pid: number) => () => void,
): Promise<Ended> {
  const environment = { ...contestantEnvironment(), ...env };
  const start = performance.now();
  const child = spawn(program, args, { cwd, env: environment, stdio: ['ignore', 'pipe', 'pipe'] });
  const stdout: Buffer[] = [];
  const stderr: Buffer[] = [];
  child.stdout.on('data', (data: Buffer) => stdout.push(data));
  child.stderr.on('data', (data: Buffer) => stderr.push(data));
  const code = await new Promise<number | null>((resolve, reject) => {
    const unwatch = child.pid === undefined ? undefined : watch?.(child.pid);
    child.once('error', reject);
    child.once('close', (status) => {
      unwatch?.();
      resolve(status);
    });
  });
  const milliseconds = performance.now() - start;
  const text = Buffer.concat(stdout).toString();
  if (code === 0) return { milliseconds, stdout: text };
  const said = `${text}${Buffer.concat(stderr).toString()}`;
  throw new Error(`${[program, ...args].join(' ')} in ${cwd} ended with ${String(code)}:\n${said}`);
}
