import { type Problem, ProblemsError } from '@mcp-stacks/problem';
import { ChainProblemsError } from './chain-problems-error.js';

/** What a group of problems stands in: a file that it names itself, or a stack in an environment. */
export interface Place {
  readonly stack: string;
  /** Absent for what holds in all of them. */
  readonly environment?: string;
  /** What of the stack; absent for the stack as a whole. */
  readonly part?: string;
}

/** Gathers problems; the same ones of one stack in several environments become one group. */
export class ProblemCollection {
  readonly #groups = new Map<
    string,
    { place: Place; environments: string[]; problems: readonly Problem[] }
  >();

  get isEmpty(): boolean {
    return this.#groups.size === 0;
  }

  add(place: Place, problems: readonly Problem[]): void {
    if (problems.length === 0) return;
    const key = JSON.stringify([place.stack, place.part, problems]);
    const environments = place.environment === undefined ? [] : [place.environment];
    const group = this.#groups.get(key);
    if (group === undefined) this.#groups.set(key, { place, environments, problems });
    else group.environments.push(...environments.filter((one) => !group.environments.includes(one)));
  }

  /** @throws ChainProblemsError if there are any. */
  throwIfAny(): void {
    if (this.isEmpty) return;
    throw new ChainProblemsError(
      [...this.#groups.values()].map(
        ({ place, environments, problems }) => new ProblemsError(subject(place, environments), problems),
      ),
    );
  }
}

function subject({ stack, part }: Place, environments: readonly string[]): string {
  // What names a file says itself where it stands.
  if (part?.startsWith('Pulumi.') === true) return part;
  const where = environments.length === 0 ? stack : `${stack} in ${environments.join(', ')}`;
  return part === undefined ? where : `${where}: ${part}`;
}
