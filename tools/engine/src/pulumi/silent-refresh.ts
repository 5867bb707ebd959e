import type { PreparedStack } from '../prepare-stacks.js';
import { pulumiOutput } from './pulumi-output.js';

/**
 * Refreshes a stack where nobody watches and nobody is asked.
 *
 * @param args Further arguments of `pulumi refresh`.
 * @throws ProblemsError with Pulumi's own message where it fails.
 */
export async function silentRefresh(prepared: PreparedStack, args: readonly string[] = []): Promise<void> {
  const unattended = ['--yes', '--skip-preview', '--non-interactive', '--skip-plugin-pre-install'];
  await pulumiOutput(prepared, ['refresh', ...args, ...unattended]);
}
