import { describeValue, type Problem } from '@mcp-stacks/problem';
import { type Stack } from '@mcp-stacks/workspace';

/** What a stack's program read and registered in one environment. */
export interface StackReads {
  readonly environment: string;
  /** Full names of the stacks that it read. */
  readonly stackReferences: readonly string[];
  /** Whether it deploys anything: a stack that is switched off need not read anything. */
  readonly deploys: boolean;
}

/** The full name of a stack of this workspace, as a file backend has it. */
export function fullStackName(stack: string, environment: string): string {
  return `organization/${stack}/${environment}`;
}

/**
 * Where the StackReferences that the program made and the graph that Nx believes do not agree.
 *
 * @param stacks Names of all stacks of the workspace.
 */
export function upstreamProblems(
  stack: Stack,
  stacks: readonly string[],
  runs: readonly StackReads[],
): Problem[] {
  const where = `${stack.path}/package.json: nx.implicitDependencies`;
  const reads = (name: string): boolean =>
    runs.some(({ environment, stackReferences }) =>
      stackReferences.includes(fullStackName(name, environment)),
    );
  const undeclared = stacks
    .filter((name) => name !== stack.name && !stack.upstreams.includes(name) && reads(name))
    .map((name) => ({
      where,
      found: describeValue(stack.upstreams),
      expected: `${JSON.stringify(name)} among them: the program reads its outputs`,
      remedy: `add ${JSON.stringify(name)}`,
    }));
  const unread = runs.some(({ deploys }) => deploys) ? stack.upstreams.filter((name) => !reads(name)) : [];
  return [
    ...undeclared,
    ...unread.map((name) => ({
      where,
      found: `${JSON.stringify(name)}, declared but never read`,
      expected: 'only stacks whose outputs the program reads',
      remedy: `remove it from nx.implicitDependencies of ${stack.path}/package.json, or read it with consume()`,
    })),
  ];
}
