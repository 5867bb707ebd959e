import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { PreparedStack } from '../prepare-stacks.js';
import { pulumiFailure } from './pulumi-failure.js';

/**
 * What a Pulumi command prints that nobody watches.
 *
 * @throws ProblemsError with Pulumi's own message where it fails.
 */
export async function pulumiOutput(prepared: PreparedStack, args: readonly string[]): Promise<string> {
  try {
    const { stdout } = await promisify(execFile)(prepared.pulumi, args, {
      cwd: prepared.backend.projectFolder,
      env: prepared.variables,
      encoding: 'utf8',
      maxBuffer: Number.POSITIVE_INFINITY,
    });
    return stdout;
  } catch (error) {
    throw pulumiFailure(prepared, args, error);
  }
}
