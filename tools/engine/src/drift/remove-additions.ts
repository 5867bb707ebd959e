import { ProblemsError } from '@mcp-stacks/problem';
import { connect, requestProblem } from '@mcp-stacks/kube-context';
import { ObjectClient, type ObjectReference, type PatchStep } from '../cluster/object-client.js';
import type { PreparedStack } from '../prepare-stacks.js';
import { waitForRollout } from '../restart/wait-for-rollout.js';
import { type Addition, findAdditions, type PathPart } from './find-additions.js';

/** An object of a stack that somebody added something to. */
export interface ExtendedObject extends ObjectReference {
  /** The object as the program states it. */
  readonly declared: unknown;
}

/**
 * Takes out of objects what others added to what the program states. Pulumi sees no difference there, so its `up` does
 * nothing about it. Returns when Deployments that this changed are rolled out.
 *
 * @returns What was removed.
 * @throws ProblemsError where the cluster refuses, or pods do not become ready.
 */
export async function removeAdditions(
  prepared: PreparedStack,
  objects: readonly ExtendedObject[],
): Promise<readonly { readonly object: ExtendedObject; readonly additions: readonly Addition[] }[]> {
  const { cluster, stack } = prepared;
  if (cluster === undefined || objects.length === 0) return [];
  const connection = await connect(prepared);
  const client = new ObjectClient(connection);
  const removed: { object: ExtendedObject; additions: readonly Addition[] }[] = [];
  for (const object of objects) {
    try {
      // As it is now: Pulumi may have written it meanwhile.
      const live = await client.read(object);
      const additions = findAdditions(object.declared, live);
      if (live === undefined || additions.length === 0) continue;
      const version = live.metadata.resourceVersion;
      await client.patch(object, [
        { op: 'test', path: '/metadata/resourceVersion', value: version },
        ...removals(additions),
      ]);
      removed.push({ object, additions });
    } catch (error) {
      const name = object.namespace === undefined ? object.name : `${object.namespace}/${object.name}`;
      throw new ProblemsError(`what was added by hand to ${stack.name}`, [
        requestProblem(error, `${object.kind} ${name}`, cluster),
      ]);
    }
  }
  const deployments = removed.map(({ object }) => object).filter(({ kind }) => kind === 'Deployment');
  await waitForRollout(prepared, connection, deployments);
  return removed;
}

/** Elements of a list from the last to the first, so that each is where it was found. */
function removals(additions: readonly Addition[]): PatchStep[] {
  return additions
    .map(({ path }) => path)
    .toSorted(compareDescending)
    .map((path) => ({ op: 'remove', path: `/${path.map(pointerPart).join('/')}` }));
}

function compareDescending(one: readonly PathPart[], other: readonly PathPart[]): number {
  for (const [index, part] of one.entries()) {
    const against = other[index];
    if (part === against) continue;
    if (typeof part === 'number' && typeof against === 'number') return against - part;
    return String(part) < String(against) ? 1 : -1;
  }
  return 0;
}

/** RFC 6901 */
function pointerPart(part: PathPart): string {
  return String(part).replaceAll('~', '~0').replaceAll('/', '~1');
}
