import { execFileSync } from 'node:child_process';
import type { PreparedStack } from '../prepare-stacks.js';
import { pulumiFailure } from './pulumi-failure.js';

/**
 * What a Pulumi command prints that nobody watches.
 *
 * @throws ProblemsError with Pulumi's own message where it fails.
 */
export function pulumiOutput(prepared: PreparedStack, args: readonly string[]): string {
  try {
    return execFileSync(prepared.pulumi, args, {
      cwd: prepared.backend.projectFolder,
      env: prepared.variables,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  } catch (error) {
    throw pulumiFailure(prepared, args, error);
  }
}
