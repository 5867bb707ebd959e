import { ProblemsError } from '@mcp-stacks/problem';
import type { PreparedStack } from '../prepare-stacks.js';

/** What Pulumi said when a question to its backend failed. */
export function pulumiFailure(
  prepared: PreparedStack,
  args: readonly string[],
  error: unknown,
): ProblemsError {
  const { stderr } = error as { stderr?: string };
  return new ProblemsError(`pulumi ${args.slice(0, 2).join(' ')} for ${prepared.stack.name}`, [
    {
      where: prepared.backend.location,
      found: (stderr ?? (error as Error).message).trim(),
      expected: 'a backend that answers',
      remedy: 'check its address in environments.yaml and your login (pulumi login, pulumi whoami)',
    },
  ]);
}
