import type { Workspace } from '@mcp-stacks/workspace';
import type { Operation } from './operation.js';
import type { PreparedStack } from './prepare-stacks.js';
import { type DeployedStack, readDeployedStack } from './pulumi/deployed-stack.js';
import { EMPTY_STATE, readStackState, type StackState } from './pulumi/stack-state.js';
import { type Plan, plannedObjects } from './takeover/planned-objects.js';

/** A stack as it is before an operation. */
export interface SeenStack {
  readonly prepared: PreparedStack;
  readonly deployed: DeployedStack;
  /** Empty where the operation does not need it. */
  readonly state: StackState;
}

/** What there is before an operation. */
export interface Seen {
  /** In the order in which they were named. */
  readonly stacks: readonly SeenStack[];
  /** What the programs would deploy; absent where the operation deploys nothing on a cluster. */
  readonly plan?: Plan;
}

/**
 * Reads what is deployed of some stacks and what their programs would deploy: the programs run in this process while
 * Pulumi answers from its own, each of which takes longer to start than to answer.
 *
 * @throws ProblemsError with Pulumi's own message where the backend does not answer.
 */
export async function lookAtStacks(
  workspace: Workspace,
  operation: Operation,
  prepared: readonly PreparedStack[],
): Promise<Seen> {
  const onCluster = prepared.filter(({ cluster }) => cluster !== undefined);
  const [first] = onCluster;
  const deploys = operation === 'up' || operation === 'preview';
  const [stacks, plan] = await Promise.all([
    Promise.all(prepared.map((one) => see(one, deploys && one.cluster !== undefined))),
    deploys && first !== undefined
      ? plannedObjects(
          workspace,
          first.environment,
          onCluster.map(({ stack }) => stack.name),
        )
      : undefined,
  ]);
  return { stacks, ...(plan !== undefined && { plan }) };
}

async function see(prepared: PreparedStack, withState: boolean): Promise<SeenStack> {
  const [deployed, state] = await Promise.allSettled([
    readDeployedStack(prepared),
    withState ? readStackState(prepared) : EMPTY_STATE,
  ]);
  if (deployed.status === 'rejected') throw deployed.reason;
  if (!deployed.value.exists) return { prepared, deployed: deployed.value, state: EMPTY_STATE };
  if (state.status === 'rejected') throw state.reason;
  return { prepared, deployed: deployed.value, state: state.value };
}
