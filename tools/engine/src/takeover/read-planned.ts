import { connect, requestProblem, statusOf } from '@mcp-stacks/kube-context';
import { type Problem, ProblemsError } from '@mcp-stacks/problem';
import { type LiveObject, ObjectClient } from '../cluster/object-client.js';
import type { PreparedStack } from '../prepare-stacks.js';
import { idOf, type PlannedObject } from './planned-objects.js';

/** An object that a stack deploys and that the cluster has. */
export interface ExistingObject {
  readonly planned: PlannedObject;
  readonly metadata: LiveObject['metadata'];
}

/**
 * Looks in the cluster for objects that stacks deploy.
 *
 * @returns Those that are there, and what could not be looked at, one line each.
 * @throws ProblemsError where the cluster does not answer, or takes the credentials for none.
 */
export async function readPlanned(
  stacks: readonly PreparedStack[],
  objects: readonly PlannedObject[],
): Promise<{ readonly existing: readonly ExistingObject[]; readonly notes: readonly string[] }> {
  const existing: ExistingObject[] = [];
  const notes: string[] = [];
  const problems: Problem[] = [];
  await Promise.all(
    stacks.map(async (prepared) => {
      const { stack, cluster } = prepared;
      const own = objects.filter((object) => object.stack === stack.name);
      if (cluster === undefined || own.length === 0) return;
      const client = new ObjectClient(await connect(prepared));
      await Promise.all(
        own.map(async (planned) => {
          const what = `${planned.kind} ${idOf(planned)}`;
          try {
            const live = await client.readMetadata(planned);
            if (live !== undefined) existing.push({ planned, metadata: live.metadata });
          } catch (error) {
            // Who may not look may be allowed to create; Pulumi tells.
            if (statusOf(error) === 403) notes.push(`whether ${what} exists already may not be read`);
            else problems.push(requestProblem(error, what, cluster));
          }
        }),
      );
    }),
  );
  ProblemsError.throwIfAny('the cluster', distinct(problems));
  return { existing, notes };
}

function distinct(problems: readonly Problem[]): Problem[] {
  return [...new Map(problems.map((problem) => [JSON.stringify(problem), problem])).values()];
}
