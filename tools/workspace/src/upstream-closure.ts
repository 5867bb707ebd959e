import { ProblemsError } from '@mcp-stacks/problem';
import { type Stack, type Workspace } from './workspace.js';

/**
 * The named stacks and everything that they build on, directly or not, in the workspace's order: upstream first.
 *
 * @throws ProblemsError for names that are no stack of the workspace.
 */
export function upstreamClosure(workspace: Workspace, names: readonly string[]): Stack[] {
  const byName = new Map(workspace.stacks.map((stack) => [stack.name, stack]));
  ProblemsError.throwIfAny(
    'Stacks',
    names
      .filter((name) => !byName.has(name))
      .map((name) => ({
        where: 'the name of a stack',
        found: name,
        expected: `one of ${[...byName.keys()].join(', ')}`,
        remedy: 'correct its spelling',
      })),
  );
  const wanted = new Set<string>();
  const add = (name: string): void => {
    wanted.add(name);
    for (const upstream of byName.get(name)?.upstreams ?? []) add(upstream);
  };
  names.forEach(add);
  return workspace.stacks.filter((stack) => wanted.has(stack.name));
}
