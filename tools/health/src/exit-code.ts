import type { ServerHealth } from './server-health.js';

/** The exit code where a server does not answer, of this command and of the engine's `up`. */
export const EXIT_NO_ANSWER = 8;

/** 8 where a server gives clients no answer; 1 where one could not be asked; else 0, whatever changed. */
export function exitCode(servers: readonly ServerHealth[]): number {
  if (servers.some(({ result }) => result === 'no answer')) return EXIT_NO_ANSWER;
  return servers.some(({ result }) => result === 'not asked') ? 1 : 0;
}
