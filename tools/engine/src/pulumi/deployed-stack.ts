import { execFileSync } from 'node:child_process';
import { ProblemsError } from '@mcp-stacks/problem';
import type { PreparedStack } from '../prepare-stacks.js';

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
export function readDeployedStack(prepared: PreparedStack): DeployedStack {
  const output = pulumiOutput(prepared, ['stack', 'ls', '--output', 'json', '--non-interactive']);
  const stacks = JSON.parse(output) as { name: string; resourceCount?: number }[];
  const name = prepared.environment.name;
  const found = stacks.find((stack) => stack.name === name || stack.name.endsWith(`/${name}`));
  if (found === undefined) return { exists: false };
  return found.resourceCount === undefined
    ? { exists: true }
    : { exists: true, resources: found.resourceCount };
}

/** Makes the empty stack in the backend; it is no error if somebody else just did. */
export function createStack(prepared: PreparedStack): void {
  const { secretsProvider } = prepared.backend;
  const args = ['stack', 'init', prepared.environment.name, '--no-select', '--non-interactive'];
  if (secretsProvider !== undefined) args.push('--secrets-provider', secretsProvider);
  try {
    pulumiOutput(prepared, args);
  } catch (error) {
    if (!readDeployedStack(prepared).exists) throw error;
  }
}

function pulumiOutput(prepared: PreparedStack, args: readonly string[]): string {
  try {
    return execFileSync(prepared.pulumi, args, {
      cwd: prepared.backend.projectFolder,
      env: prepared.variables,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  } catch (error) {
    const { stderr } = error as { stderr?: string };
    throw new ProblemsError(`pulumi ${args.slice(0, 2).join(' ')} for ${prepared.stack.name}`, [
      {
        where: prepared.backend.location,
        found: (stderr ?? (error as Error).message).trim(),
        expected: 'a backend that answers',
        remedy: 'check its address in environments.yaml and your login (pulumi login, pulumi whoami)',
      },
    ]);
  }
}
