import pc from 'picocolors';
import { confirm } from './confirm.js';
import { additionText } from './drift/added-by-hand.js';
import { removeAdditions } from './drift/remove-additions.js';
import type { Operation } from './operation.js';
import type { PreparedStack } from './prepare-stacks.js';
import { objectName } from './print-drift.js';
import type { OperationMode } from './pulumi/operation-arguments.js';
import { readStackState } from './pulumi/stack-state.js';
import { type OperationResult, runOperation } from './run-operation.js';
import { isPartial, type Takeover } from './takeover/check-takeover.js';
import { deleteUnfinished, forgetUnfinished, pickingUp } from './takeover/unfinished.js';

/**
 * Runs an operation on one stack, and mends what Pulumi does not see: `up` takes out of the stack's objects what others
 * added to them, and `preview` shows it. Of what a run left that was cut off in the middle of making something, `up`
 * picks the object up, and `destroy` deletes it.
 */
export async function runMending(
  operation: Operation,
  prepared: PreparedStack,
  takeover: Takeover,
  mode: OperationMode,
  extraArguments: readonly string[],
): Promise<OperationResult> {
  const refreshes = operation === 'up' || operation === 'preview';
  const skipped = refreshes && takeover.unrefreshable.has(prepared.stack.name) ? ['--refresh=false'] : [];
  const result = await runRecovering(operation, prepared, takeover, mode, [...skipped, ...extraArguments]);
  if (result.code !== 0 || result.added.length === 0) return result;
  const list = result.added.flatMap(({ object, additions }) =>
    additions.map((addition) => `  ${objectName(object)}: ${additionText(object.kind, addition)}`),
  );
  if (operation === 'preview')
    console.log([pc.yellow('up would also remove what was added by hand:'), ...list].join('\n'));
  if (operation !== 'up') return result;
  console.log([pc.yellow('Added by hand, which Pulumi does not see:'), ...list].join('\n'));
  if (mode.pulumiAsks && !(await confirm('Remove it?'))) return result;
  await removeAdditions(
    prepared,
    result.added.map(({ object }) => object),
  );
  console.log('It is removed.');
  return { ...result, added: [] };
}

async function runRecovering(
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
    if (result.code === 0) await forgetUnfinished(prepared, { runProgram: true });
    return result;
  }
  if (operation === 'destroy' && prepared.cluster !== undefined && !isPartial(extraArguments)) {
    const left = (await readStackState(prepared)).unfinished;
    const result = await runOperation(operation, prepared, mode, extraArguments);
    if (result.code !== 0 || left.length === 0) return result;
    for (const id of await deleteUnfinished(prepared, left)) {
      console.log(`deleted: ${id}, which a run that was cut off had made`);
    }
    await forgetUnfinished(prepared, { runProgram: false });
    return result;
  }
  return await runOperation(operation, prepared, mode, extraArguments);
}
