import { printNotes } from '../announce.js';
import type { Operation } from '../operation.js';
import { awaitDeletions } from './await-deletions.js';
import { type Candidate, findForeignObjects } from './find-foreign-objects.js';
import { foreignObjectsReport } from './foreign-objects-report.js';
import type { Plan, PlannedObject } from './planned-objects.js';
import { readPlanned } from './read-planned.js';

/** What stands in the way of a deployment. */
export interface Takeover {
  /** What somebody else made, and what can be done; absent where nothing is in the way. */
  readonly report?: string;
  /** Whether the operation must not be run. */
  readonly refused: boolean;
  /** The stacks of which a run was cut off while it made something, so that the next one has to pick it up. */
  readonly unfinished: ReadonlySet<string>;
  /** The stacks that must not be refreshed: Pulumi (3.259) ends itself over an alias there, and leaves its lock. */
  readonly unrefreshable: ReadonlySet<string>;
}

/**
 * Looks for what a deployment would collide with, before anything is deployed. `preview` reports it, `up` is refused
 * because of it and waits for what is being deleted, unless Pulumi is told to act on a part of the stack: who does, works
 * on just that.
 *
 * @param plan What the stacks would deploy; absent where nothing is to be deployed.
 * @param command The `up` that is to follow.
 * @throws ProblemsError where the cluster does not answer, or does not end a deletion.
 */
export async function checkTakeover(
  operation: Operation,
  plan: Plan | undefined,
  candidates: readonly Candidate[],
  { command, extraArguments }: { readonly command: string; readonly extraArguments: readonly string[] },
): Promise<Takeover> {
  const cluster = candidates.find(({ prepared }) => prepared.cluster !== undefined)?.prepared.cluster;
  if (plan === undefined || cluster === undefined) {
    return { refused: false, unfinished: new Set(), unrefreshable: new Set() };
  }
  if (operation === 'up' && 'objects' in plan && !isPartial(extraArguments)) {
    const stacks = candidates.map(({ prepared }) => prepared);
    const read = async (objects: readonly PlannedObject[]) => (await readPlanned(stacks, objects)).existing;
    printNotes(operation, await awaitDeletions(read, plan.objects, cluster.name));
  }
  const { foreign, notes, ...stacks } = await findForeignObjects(plan, candidates);
  printNotes(operation, notes);
  if (foreign.length === 0) return { refused: false, ...stacks };
  return {
    report: foreignObjectsReport(foreign, { context: cluster.name, command }),
    refused: operation === 'up' && !isPartial(extraArguments),
    ...stacks,
  };
}

/** Whether Pulumi is told to act on a part of the stack. */
export function isPartial(extraArguments: readonly string[]): boolean {
  return extraArguments.some((argument) => /^(--target|--exclude|-t$)/.test(argument));
}
