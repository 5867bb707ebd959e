import type { ManagedFields } from '../cluster/object-client.js';
import type { PreparedStack } from '../prepare-stacks.js';
import type { StackState, StateObject } from '../pulumi/stack-state.js';
import { groupOf, idOf, type Plan, type PlannedObject } from './planned-objects.js';
import { readPlanned } from './read-planned.js';

/** An object that a stack would make and that the cluster has already. */
export interface ForeignObject extends PlannedObject {
  /** Who wrote its fields: `kubectl-client-side-apply`. */
  readonly managers: readonly string[];
  /** When it was made; empty where the cluster does not say. */
  readonly since: string;
}

/** What was found in the cluster of what some stacks would make. */
export interface Findings {
  /** In the state of none of the stacks: somebody else's. */
  readonly foreign: readonly ForeignObject[];
  /** The stacks of which a run was cut off while it made something: it may be there and not be noted. */
  readonly unfinished: ReadonlySet<string>;
  /** The stacks that cannot be refreshed: resources were renamed, or may have been. */
  readonly unrefreshable: ReadonlySet<string>;
  /** What could not be looked at, and why; one line each. */
  readonly notes: readonly string[];
}

const NOTHING: Findings = { foreign: [], unfinished: new Set(), unrefreshable: new Set(), notes: [] };

/** A stack that is about to be deployed. */
export interface Candidate {
  readonly prepared: PreparedStack;
  readonly state: StackState;
}

/**
 * Finds what stands in the way of some stacks: objects of the same names that somebody else made. Pulumi's preview
 * passes over them, and its `up` fails at the first of them with the rest half deployed.
 *
 * Only objects that are in no state are asked for, so an ordinary preview sends no request.
 *
 * @param plan What they would deploy.
 * @throws ProblemsError where the cluster does not answer, or takes the credentials for none.
 */
export async function findForeignObjects(plan: Plan, candidates: readonly Candidate[]): Promise<Findings> {
  const onCluster = candidates.filter(({ prepared }) => prepared.cluster !== undefined);
  const states = onCluster.map(({ prepared, state }) => [prepared.stack.name, state] as const);
  if ('unknown' in plan) {
    const note = `neither what exists already nor what was changed by hand was looked for: ${plan.unknown}`;
    return { ...NOTHING, unrefreshable: new Set(states.map(([stack]) => stack)), notes: [note] };
  }

  const urns = new Map(states.flatMap(([, { objects }]) => objects.map((one) => [keyOfState(one), one.urn])));
  const renamed = plan.objects.filter((object) => {
    const deployed = urns.get(keyOf(object));
    return deployed !== undefined && object.urn !== undefined && deployed !== object.urn;
  });
  const known = new Set(states.flatMap(([, { objects }]) => objects.map(keyOfState)));
  const missing = plan.objects.filter((object) => !known.has(keyOf(object)));
  const { existing, notes } = await readPlanned(
    onCluster.map(({ prepared }) => prepared),
    missing,
  );

  const begun = new Set(states.flatMap(([, { unfinished }]) => unfinished.map(keyOfState)));
  return {
    foreign: existing
      .filter(({ planned }) => !begun.has(keyOf(planned)))
      .map(({ planned, metadata: { managedFields, creationTimestamp = '' } }) => ({
        ...planned,
        managers: managersOf(managedFields),
        since: creationTimestamp,
      })),
    unfinished: new Set(states.filter(([, state]) => state.unfinished.length > 0).map(([stack]) => stack)),
    unrefreshable: new Set(renamed.map(({ stack }) => stack)),
    notes,
  };
}

function keyOf(object: PlannedObject): string {
  return `${groupOf(object)} ${object.kind} ${idOf(object)}`;
}

function keyOfState({ apiVersion, kind, id }: StateObject): string {
  return `${groupOf({ apiVersion })} ${kind} ${id}`;
}

/** Who wrote into the object itself; the cluster's own controllers write its status. */
function managersOf(fields: readonly ManagedFields[] | undefined): string[] {
  const managers = (fields ?? [])
    .filter(({ subresource }) => subresource === undefined)
    .flatMap(({ manager }) => (manager === undefined ? [] : [manager]))
    .filter((manager) => manager !== 'kube-controller-manager');
  return [...new Set(managers)];
}
