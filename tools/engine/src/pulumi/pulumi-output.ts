import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { PreparedStack } from '../prepare-stacks.js';
import { pulumiFailure } from './pulumi-failure.js';
import { withTemporaryFolder } from './temporary-folder.js';

/**
 * What a Pulumi command prints that nobody watches.
 *
 * @throws ProblemsError with Pulumi's own message where it fails.
 */
export async function pulumiOutput(prepared: PreparedStack, args: readonly string[]): Promise<string> {
  try {
    return await withTemporaryFolder(prepared.variables, async (env) => {
      const { stdout } = await promisify(execFile)(prepared.pulumi, args, {
        cwd: prepared.backend.projectFolder,
        env,
        encoding: 'utf8',
        maxBuffer: Number.POSITIVE_INFINITY,
      });
      return stdout;
    });
  } catch (error) {
    throw pulumiFailure(prepared, args, error);
  }
}
