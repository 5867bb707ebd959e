import { type Problem, ProblemsError, remedyLines } from '@mcp-stacks/problem';
import { setTimeout as pause } from 'node:timers/promises';
import { idOf, type PlannedObject } from './planned-objects.js';
import type { ExistingObject } from './read-planned.js';

/** In milliseconds. A pod has 30 s to end where it asks for no more. */
const PATIENCE = 120_000;

/** How often is looked, in milliseconds. */
const INTERVAL = 1000;

/** What keeps a claim or a volume until no pod mounts it any more: it goes with the pods, and they may go on. */
const IN_USE = new Set(['kubernetes.io/pvc-protection', 'kubernetes.io/pv-protection']);

/**
 * Waits until what is being deleted of some objects is gone, as after a `destroy` that was cut off: Pulumi takes such an
 * object for one that stays, changes it, and then waits in vain for what has vanished.
 *
 * @param read Reads those of some objects that the cluster has.
 * @param context Kubeconfig context, for the command that shows what holds an object.
 * @param patience How long that may take, in milliseconds. @default two minutes
 * @returns What is to be known of what is not gone by then and need not be, one line each.
 * @throws ProblemsError where something else is not gone by then.
 */
export async function awaitDeletions(
  read: (objects: readonly PlannedObject[]) => Promise<readonly ExistingObject[]>,
  objects: readonly PlannedObject[],
  context: string,
  patience = PATIENCE,
): Promise<readonly string[]> {
  const dying = async (among: readonly PlannedObject[]) =>
    (await read(among)).filter(({ metadata }) => metadata.deletionTimestamp !== undefined);
  const end = Date.now() + patience;
  let left = await dying(objects);
  if (left.length > 0) console.log(`Waiting until these are deleted: ${left.map(nameOf).join(', ')}`);
  while (left.length > 0 && Date.now() < end) {
    await pause(INTERVAL);
    left = await dying(left.map(({ planned }) => planned));
  }
  const inUse = left.filter(({ metadata: { finalizers = [] } }) => finalizers.some((one) => IN_USE.has(one)));
  ProblemsError.throwIfAny(
    'the cluster',
    left.filter((one) => !inUse.includes(one)).map((one) => deletionProblem(one, context)),
  );
  return inUse.map(
    (one) => `${nameOf(one)} is being deleted: it goes when no pod mounts it any more, and new pods cannot`,
  );
}

function deletionProblem(object: ExistingObject, context: string): Problem {
  const { kind, namespace, name } = object.planned;
  const { finalizers = [], deletionTimestamp: since = '' } = object.metadata;
  const cause = finalizers.length === 0 ? '' : `; it waits for ${finalizers.join(', ')}`;
  return {
    where: nameOf(object),
    found: `it is being deleted since ${since}, and is not gone yet${cause}`,
    expected: 'an object that stays, or that is gone so that it can be made again',
    remedy: remedyLines(
      'end what holds it, then run the same command again',
      `kubectl --context ${context}${namespace === undefined ? '' : ` -n ${namespace}`} describe ${kind.toLowerCase()} ${name}`,
    ),
  };
}

function nameOf({ planned }: ExistingObject): string {
  return `${planned.kind} ${idOf(planned)}`;
}
