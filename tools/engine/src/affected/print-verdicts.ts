import pc from 'picocolors';
import type { Verdict } from './find-affected.js';

/** Prints which stacks are affected and why, to standard error: what a command answers with goes to the other. */
export function printVerdicts(verdicts: readonly Verdict[]): void {
  for (const { stack, affected, because } of verdicts) {
    console.error(
      `${affected ? pc.yellow('affected') : '      ok'}  ${stack.name} (${stack.role}): ${because}`,
    );
  }
}
