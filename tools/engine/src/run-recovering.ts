import pc from 'picocolors';
import type { Operation } from './operation.js';
import type { PreparedStack } from './prepare-stacks.js';
import type { OperationMode } from './pulumi/operation-arguments.js';
import { readStackState } from './pulumi/stack-state.js';
import { type OperationResult, runOperation } from './run-operation.js';
import { isPartial, type Takeover } from './takeover/check-takeover.js';
import { deleteUnfinished, forgetUnfinished, pickingUp } from './takeover/unfinished.js';

/**
 * Runs an operation on one stack, and mends what a run before it left that was cut off in the middle of making
 * something: `up` picks the object up, `destroy` deletes it.
 */
export async function runRecovering(
  operation: Operation,
  prepared: PreparedStack,
  { unfinished }: Takeover,
  mode: OperationMode,
  extraArguments: readonly string[],
): Promise<OperationResult> {
  const { stack } = prepared;
  if (operation === 'up' && unfinished.has(stack.name)) {
    console.log(pc.yellow(`A run of ${stack.name} was cut off: what it was making is picked up.`));
    const result = await runOperation(operation, pickingUp(prepared), mode, extraArguments);
    if (result.code === 0) forgetUnfinished(prepared, { runProgram: true });
    return result;
  }
  if (operation === 'destroy' && prepared.cluster !== undefined && !isPartial(extraArguments)) {
    const left = (await readStackState(prepared)).unfinished;
    const result = await runOperation(operation, prepared, mode, extraArguments);
    if (result.code !== 0 || left.length === 0) return result;
    for (const id of await deleteUnfinished(prepared, left)) {
      console.log(`deleted: ${id}, which a run that was cut off had made`);
    }
    forgetUnfinished(prepared, { runProgram: false });
    return result;
  }
  return await runOperation(operation, prepared, mode, extraArguments);
}
