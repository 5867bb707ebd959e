import { execFileSync } from 'node:child_process';

/** What git says in a folder, without the last line's end; `undefined` where it refuses, or there is no git. */
export function git(folder: string, ...args: readonly string[]): string | undefined {
  try {
    return execFileSync('git', args, {
      cwd: folder,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trimEnd();
  } catch {
    return undefined;
  }
}
