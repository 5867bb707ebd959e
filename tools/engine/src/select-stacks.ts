import { ProblemsError } from '@mcp-stacks/problem';
import type { Stack, Workspace } from '@mcp-stacks/workspace';

/**
 * The stacks that a chain consists of, each after those that it builds on.
 *
 * @param names Only these; all that have a config for the environment where it is not given.
 * @throws ProblemsError for names that are no stacks.
 */
export function selectStacks(
  workspace: Workspace,
  environment: string,
  names: readonly string[] | undefined,
): readonly Stack[] {
  const known = workspace.stacks.map(({ name }) => name);
  ProblemsError.throwIfAny(
    'stacks',
    (names ?? [])
      .filter((name) => !known.includes(name))
      .map((name) => ({
        where: 'name of a stack',
        found: name,
        expected: `one of ${known.join(', ')}`,
        remedy: 'correct the name',
      })),
  );
  const selected = workspace.stacks.filter(({ name, environments }) =>
    names === undefined ? environments.includes(environment) : names.includes(name),
  );
  if (selected.length > 0) return selected;
  throw new ProblemsError('stacks', [
    {
      where: `stacks in ${environment}`,
      found: 'none',
      expected: `a stack with a Pulumi.${environment}.yaml`,
      remedy: `take another environment: ${[...workspace.environments.keys()].join(', ')}`,
    },
  ]);
}
