import type { PreparedStack } from '../prepare-stacks.js';
import { pulumiOutput } from './pulumi-output.js';

/** What the backend knows of a stack. */
export interface DeployedStack {
  readonly exists: boolean;
  /** Number of deployed resources; `undefined` where the backend does not say. */
  readonly resources?: number;
}

/**
 * Asks the backend for a stack.
 *
 * @throws ProblemsError with Pulumi's own message where the backend does not answer.
 */
export async function readDeployedStack(prepared: PreparedStack): Promise<DeployedStack> {
  const output = await pulumiOutput(prepared, ['stack', 'ls', '--output', 'json', '--non-interactive']);
  const stacks = JSON.parse(output) as { name: string; resourceCount?: number }[];
  const name = prepared.environment.name;
  const found = stacks.find((stack) => stack.name === name || stack.name.endsWith(`/${name}`));
  if (found === undefined) return { exists: false };
  return found.resourceCount === undefined
    ? { exists: true }
    : { exists: true, resources: found.resourceCount };
}

/** Makes the empty stack in the backend; it is no error if somebody else just did. */
export async function createStack(prepared: PreparedStack): Promise<void> {
  const { secretsProvider } = prepared.backend;
  const args = ['stack', 'init', prepared.environment.name, '--no-select', '--non-interactive'];
  if (secretsProvider !== undefined) args.push('--secrets-provider', secretsProvider);
  try {
    await pulumiOutput(prepared, args);
  } catch (error) {
    if (!(await readDeployedStack(prepared)).exists) throw error;
  }
}
