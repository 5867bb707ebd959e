import { type Problem, ProblemsError, remedyLines } from '@mcp-stacks/problem';
import { setTimeout as pause } from 'node:timers/promises';
import { idOf } from './planned-objects.js';
import type { ExistingObject } from './read-planned.js';

/** In milliseconds. A pod has 30 s to end where it asks for no more. */
const PATIENCE = 120_000;

/** How often is looked, in milliseconds. */
const INTERVAL = 1000;

/**
 * Waits until what is being deleted of some objects is gone, as after a `destroy` that was cut off: Pulumi takes such an
 * object for one that stays, changes it, and then waits in vain for what has vanished.
 *
 * @param read Reads those of the objects that the cluster has.
 * @param context Kubeconfig context, for the command that shows what holds an object.
 * @param patience How long that may take, in milliseconds. @default two minutes
 * @throws ProblemsError where something is not gone by then.
 */
export async function awaitDeletions(
  read: () => Promise<readonly ExistingObject[]>,
  context: string,
  patience = PATIENCE,
): Promise<void> {
  const look = async () => (await read()).filter(({ metadata }) => metadata.deletionTimestamp !== undefined);
  const end = Date.now() + patience;
  let left = await look();
  if (left.length > 0) console.log(`Waiting until these are deleted: ${left.map(nameOf).join(', ')}`);
  while (left.length > 0 && Date.now() < end) {
    await pause(INTERVAL);
    left = await look();
  }
  ProblemsError.throwIfAny(
    'the cluster',
    left.map((one) => deletionProblem(one, context)),
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
