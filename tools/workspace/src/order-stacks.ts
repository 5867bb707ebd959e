import { type Problem } from '@mcp-stacks/problem';
import { type Stack } from './workspace.js';

/** The stacks, each after the ones that it builds on, by name where the order is free; cycles are added as problems. */
export function orderStacks(stacks: readonly Stack[], problems: Problem[]): readonly Stack[] {
  const byName = new Map(stacks.map((stack) => [stack.name, stack]));
  const ordered = new Set<Stack>();
  const visit = (stack: Stack, trail: readonly string[]): void => {
    if (ordered.has(stack)) return;
    const start = trail.indexOf(stack.name);
    if (start >= 0) {
      const cycle = [...trail.slice(start), stack.name];
      problems.push({
        where: `${stack.path}/package.json: nx.implicitDependencies`,
        found: `a cycle: ${cycle.join(' builds on ')}`,
        expected: 'stacks that can be deployed one after the other',
        remedy: 'remove one of these dependencies',
      });
      return;
    }
    for (const name of [...stack.upstreams].sort()) {
      const upstream = byName.get(name);
      if (upstream !== undefined) visit(upstream, [...trail, stack.name]);
    }
    ordered.add(stack);
  };
  for (const stack of [...stacks].sort((a, b) => (a.name < b.name ? -1 : 1))) visit(stack, []);
  return [...ordered];
}
