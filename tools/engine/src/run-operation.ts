import path from 'node:path';
import { explainFailure } from './diagnosis/explain-failure.js';
import { type AddedByHand, addedByHand } from './drift/added-by-hand.js';
import type { Operation } from './operation.js';
import type { PreparedStack } from './prepare-stacks.js';
import { kubernetesType } from './pulumi/kubernetes-type.js';
import { lockedText, saysLocked } from './pulumi/lock.js';
import { operationArguments, type OperationMode } from './pulumi/operation-arguments.js';
import { type PlannedStep, readEventLog, type RunSummary } from './pulumi/read-event-log.js';
import { EXIT_CHANGES_FOUND, runPulumi } from './pulumi/run-pulumi.js';
import { withTemporaryFolder } from './pulumi/temporary-folder.js';

/** How an operation on one stack went. */
export interface OperationResult {
  readonly code: number;
  readonly interrupted: boolean;
  readonly summary: RunSummary | undefined;
  readonly seconds: number;
  readonly steps: readonly PlannedStep[];
  /** What others added to objects of the stack; it is there still. */
  readonly added: readonly AddedByHand[];
  /** The Services that are there at the end, as `namespace/name`. */
  readonly services: readonly string[];
}

/** Runs an operation on one stack in the foreground, and explains what Pulumi's own message leaves open. */
export async function runOperation(
  operation: Operation,
  prepared: PreparedStack,
  mode: OperationMode,
  extraArguments: readonly string[],
): Promise<OperationResult> {
  const { stack, environment } = prepared;
  return await withTemporaryFolder(prepared.variables, async (variables) => {
    const events = path.join(variables.TMPDIR, 'events.json');
    const started = performance.now();
    const { code, errors, interrupted } = await runPulumi(
      prepared.pulumi,
      [...operationArguments(operation, mode), '--event-log', events, ...extraArguments],
      {
        folder: prepared.backend.projectFolder,
        // `--event-log` is hidden behind it (`cmd/pulumi/operations`); the Automation API sets it too.
        variables: { ...variables, PULUMI_DEBUG_COMMANDS: 'true' },
      },
    );
    if (isRenamePanic(errors)) {
      console.error(
        `\n${stack.name} has renamed resources that are not deployed under their new names yet. First:\n` +
          `npx engine up ${stack.name} --env ${environment.name} -- --refresh=false`,
      );
    }
    const seconds = (performance.now() - started) / 1000;
    if (saysLocked(errors)) console.error(`\n${lockedText(prepared)}`);
    const { summary, cancelled, messages, failed, steps, present } = readEventLog(events);
    if (code !== 0 && !interrupted && !cancelled) {
      await explainFailure(operation, prepared, { errors, messages, failed });
    }
    const added = addedByHand(present, operation === 'drift' ? 'deployed' : 'declared');
    return {
      // To Pulumi, what was added is no change.
      code: operation === 'drift' && code === 0 && added.length > 0 ? EXIT_CHANGES_FOUND : code,
      interrupted: interrupted || cancelled,
      summary,
      seconds,
      steps,
      added,
      services: present.filter(({ type }) => kubernetesType(type)?.kind === 'Service').map(({ id }) => id),
    };
  });
}

/**
 * Whether Pulumi (3.259) ended itself over an alias: with `--run-program` it refreshes a resource under its new name and
 * then misses the old one (`assertSeen` of pkg/engine/deployment.go). Nothing was changed by then; its lock may be left.
 */
function isRenamePanic(errors: string): boolean {
  return /^panic: [^\n]*had not been marked as seen/m.test(errors);
}
