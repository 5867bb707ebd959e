import { ProblemsError } from '@mcp-stacks/problem';
import { pulumiCommand } from '../command-text.js';
import type { PreparedStack } from '../prepare-stacks.js';
import { pulumiOutput } from './pulumi-output.js';

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
 * Whether a stack without resources is locked: who holds the lock may be about to make its first ones. Pulumi looks for
 * a lock only where it is to change something; a refresh of nothing changes nothing.
 *
 * @throws ProblemsError with Pulumi's own message where the backend does not answer.
 */
export async function isLocked(prepared: PreparedStack): Promise<boolean> {
  const refresh = ['refresh', '--yes', '--skip-preview', '--non-interactive', '--skip-plugin-pre-install'];
  try {
    await pulumiOutput(prepared, refresh);
    return false;
  } catch (error) {
    if (error instanceof ProblemsError && error.problems.some(({ found }) => saysLocked(found))) return true;
    throw error;
  }
}
