import { type Problem, type ProblemsError } from '@mcp-stacks/problem';

/** Everything that is wrong in all stacks and environments, grouped by what it stands in. */
export class ChainProblemsError extends Error {
  constructor(readonly groups: readonly ProblemsError[]) {
    super(groups.map(({ message }) => message).join('\n\n'));
    this.name = 'ChainProblemsError';
  }

  get problems(): readonly Problem[] {
    return this.groups.flatMap(({ problems }) => problems);
  }
}
