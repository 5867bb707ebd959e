import { ProblemsError } from '@mcp-stacks/problem';
import { connect, requestProblem } from '@mcp-stacks/kube-context';
import { ObjectClient } from '../cluster/object-client.js';
import type { PreparedStack } from '../prepare-stacks.js';
import { silentRefresh } from '../pulumi/silent-refresh.js';
import type { StateObject } from '../pulumi/stack-state.js';

/**
 * A stack whose next `up` picks up what a run that was cut off had made: the provider applies over an object that
 * exists instead of failing. Only for a stack of which nothing that exists is somebody else's.
 */
export function pickingUp(prepared: PreparedStack): PreparedStack {
  return {
    ...prepared,
    variables: { ...prepared.variables, PULUMI_K8S_UPSERT_EXISTING_OBJECTS: 'true' },
  };
}

/** Takes the creations out of the state that were never noted as done: Pulumi keeps them for ever. */
export async function forgetUnfinished(
  prepared: PreparedStack,
  { runProgram }: { readonly runProgram: boolean },
): Promise<void> {
  await silentRefresh(prepared, ['--clear-pending-creates', ...(runProgram ? ['--run-program'] : [])]);
}

/**
 * Deletes what a run that was cut off had made and not noted: `destroy` does not know it and would leave it behind.
 *
 * @returns The objects that were there.
 * @throws ProblemsError where the cluster refuses.
 */
export async function deleteUnfinished(
  prepared: PreparedStack,
  unfinished: readonly StateObject[],
): Promise<readonly string[]> {
  const { cluster } = prepared;
  if (cluster === undefined) return [];
  const client = new ObjectClient(await connect(prepared));
  const deleted: string[] = [];
  for (const { apiVersion, kind, id } of unfinished) {
    const [name = '', namespace] = id.split('/').toReversed();
    try {
      if (await client.delete({ apiVersion, kind, namespace, name })) deleted.push(`${kind} ${id}`);
    } catch (error) {
      throw new ProblemsError(`what a run of ${prepared.stack.name} that was cut off had made`, [
        requestProblem(error, `${kind} ${id}`, cluster),
      ]);
    }
  }
  return deleted;
}
