import { ProblemsError } from '@mcp-stacks/problem';
import { setTimeout as pause } from 'node:timers/promises';
import { pulumiCommand } from '../command-text.js';
import type { PreparedStack } from '../prepare-stacks.js';
import { silentRefresh } from './silent-refresh.js';

/** Whether Pulumi says that a stack is locked. */
export function saysLocked(errors: string): boolean {
  return /stack is currently locked|Another update is currently in progress/.test(errors);
}

/** What a locked stack means, and how it is freed. */
export function lockedText({ stack, environment }: PreparedStack): string {
  return (
    `${stack.name} in ${environment.name} is locked: somebody else is at work on it, or a run was cut off.\n` +
    `Only if nobody is: ${pulumiCommand(stack.name, environment.name, 'cancel')}`
  );
}

/**
 * Says so where a stack without resources is locked: who holds the lock may be about to make its first ones. Pulumi looks
 * for one only where it may change something, so this takes the lock itself for a moment, for a refresh of nothing.
 *
 * @returns Whether it is locked; not where that cannot be told.
 */
export async function reportLock(prepared: PreparedStack): Promise<boolean> {
  // Another probe has it for about a second.
  let locked = await findsLock(prepared);
  if (locked) {
    await pause(2000);
    locked = await findsLock(prepared);
  }
  if (locked) console.error(`\n${lockedText(prepared)}`);
  return locked;
}

async function findsLock(prepared: PreparedStack): Promise<boolean> {
  try {
    await silentRefresh(prepared);
    return false;
  } catch (error) {
    return error instanceof ProblemsError && error.problems.some(({ found }) => saysLocked(found));
  }
}
