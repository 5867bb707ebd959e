import { ProblemsError } from '@mcp-stacks/problem';
import type { Stack, Workspace } from '@mcp-stacks/workspace';
import Table from 'cli-table3';
import path from 'node:path';
import pc from 'picocolors';
import { chooseStacks, type ChoiceOptions } from './affected/choose-stacks.js';
import { describeTarget, printNotes } from './announce.js';
import { approvalReasons, refuseUnattended } from './approval.js';
import { confirm, isInteractive } from './confirm.js';
import type { AddedByHand } from './drift/added-by-hand.js';
import { lookAtStacks, type SeenStack } from './look-at-stacks.js';
import type { Operation } from './operation.js';
import { type PreparedStack, prepareStacks } from './prepare-stacks.js';
import { printDrift } from './print-drift.js';
import { createStack } from './pulumi/deployed-stack.js';
import { reportLock } from './pulumi/lock.js';
import { operationArguments } from './pulumi/operation-arguments.js';
import { describeChanges, type RunSummary } from './pulumi/read-event-log.js';
import { EXIT_CHANGES_FOUND } from './pulumi/run-pulumi.js';
import type { StackState } from './pulumi/stack-state.js';
import { runMending } from './run-mending.js';
import { isNothingThere, notDeployed, type RunOptions } from './run-stack.js';
import { selectStacks } from './select-stacks.js';
import { readServices, readTokens, showHealth } from './show-health.js';
import { checkTakeover } from './takeover/check-takeover.js';
import { writePreview } from './write-preview.js';

/** What stood on the command line. */
export interface ChainOptions extends RunOptions, ChoiceOptions {
  /** The folder that gets `<environment>/<stack>.json` of each preview. @default none */
  readonly json?: string | undefined;
  /** Only these stacks. @default all that have a config for the environment */
  readonly stacks?: readonly string[] | undefined;
}

interface Step {
  readonly prepared: PreparedStack;
  readonly state: StackState;
  /** In the backend. */
  readonly exists: boolean;
  /** `skip`: a stack of which nothing is deployed needs no destroying. */
  readonly action: 'run' | 'create and run' | 'skip';
  /** Why the user is to be asked. */
  readonly reasons: readonly string[];
}

type Result = 'done' | 'drifted' | 'failed' | 'interrupted' | 'nothing there' | 'not run';

interface StepResult {
  readonly step: Step;
  readonly result: Result;
  readonly summary?: RunSummary | undefined;
  readonly added?: readonly AddedByHand[];
  readonly services?: readonly string[];
  readonly seconds?: number;
}

/**
 * Runs an operation over the stacks of the workspace, each after those that it builds on; `destroy` the other way
 * round. Shows the plan, asks once, stops at the first failure. Drift found is a result, not a failure: the stacks
 * after it are looked at as well.
 *
 * @returns The exit code.
 * @throws ProblemsError where something is missing or may not be done; then nothing was run.
 */
export async function runChain(
  workspace: Workspace,
  operation: Operation,
  options: ChainOptions,
): Promise<number> {
  const tokens = await readTokens(options.after);
  const selected = selectStacks(workspace, options.environment, options.stacks);
  const {
    stacks: inOrder,
    upToDate,
    exitCode: withoutAny,
  } = await chooseStacks(workspace, operation, selected, options);
  // Of a run whose server gave no answer, the deployments are done: the next one finds nothing to do but must not pass.
  const deployedBefore =
    operation === 'up' && options.after.health ? await readServices(workspace, upToDate, options) : [];
  if (inOrder.length === 0) return withoutAny || (await showHealth(deployedBefore, tokens));
  const stacks = operation === 'destroy' ? inOrder.toReversed() : inOrder;
  const prepared = await prepareStacks(workspace, stacks, {
    ...options,
    purpose: 'program',
    shell: process.env,
  });
  const seen = await lookAtStacks(workspace, operation, prepared);
  const steps = seen.stacks.map((one) => planStep(operation, one));
  checkDeployed(operation, steps);

  const previewFirst = steps.some(({ reasons }) => reasons.length > 0);
  const mode = { pulumiAsks: false, previewFirst, interactive: isInteractive() };
  printPlan(operation, steps, ['pulumi', ...operationArguments(operation, mode), ...options.extraArguments]);
  const reasons = [...new Set(steps.flatMap((step) => step.reasons))];
  if (reasons.length > 0 && !options.yes) {
    if (!isInteractive()) refuseUnattended(operation, reasons, chainCommand(operation, options, inOrder));
    if (!(await confirm(`${operation} ${count(steps)} (${reasons.join('; ')})?`))) {
      console.log('Nothing was run.');
      return 1;
    }
  }

  const takeover = await checkTakeover(operation, seen.plan, steps, {
    command: chainCommand('up', options, inOrder),
    extraArguments: options.extraArguments,
  });
  if (takeover.refused) {
    console.error(`\n${takeover.report ?? ''}\nNothing was deployed.`);
    return 1;
  }

  const results: StepResult[] = [];
  let exitCode = 0;
  for (const step of steps) {
    if (results.some(({ result }) => result === 'failed' || result === 'interrupted')) {
      results.push({ step, result: 'not run' });
      continue;
    }
    if (step.action === 'skip') {
      const locked = step.exists && (await reportLock(step.prepared));
      if (locked) exitCode = 1;
      results.push({ step, result: locked ? 'failed' : 'nothing there' });
      continue;
    }
    console.log(`\n${pc.bold(`── ${operation} ${step.prepared.stack.name}`)}`);
    if (step.action === 'create and run') await createStack(step.prepared);
    const ran = await runMending(operation, step.prepared, takeover, mode, options.extraArguments);
    const { code, interrupted, summary, added, seconds, services } = ran;
    if (options.json !== undefined && code === 0) {
      const { stack, environment } = step.prepared;
      writePreview(path.join(options.json, environment.name, `${stack.name}.json`), ran);
    }
    if (code !== 0) exitCode = code;
    if (interrupted) exitCode = 130;
    const drifted = operation === 'drift' && code === EXIT_CHANGES_FOUND;
    const result = interrupted ? 'interrupted' : code === 0 ? 'done' : drifted ? 'drifted' : 'failed';
    results.push({ step, result, summary, added, seconds, services });
  }
  printResults(operation, results, options);
  if (takeover.report !== undefined) {
    console.error(`\n${takeover.report}`);
    if (operation === 'preview') exitCode ||= 1;
  }
  if (operation === 'up' && exitCode === 0 && options.after.health) {
    const deployedNow = results.map(({ step: { prepared }, services = [] }) => ({ prepared, services }));
    exitCode = await showHealth([...deployedBefore, ...deployedNow], tokens);
  }
  return exitCode;
}

function planStep(operation: Operation, { prepared, deployed, state }: SeenStack): Step {
  const { exists } = deployed;
  if (operation === 'destroy' && isNothingThere(deployed)) {
    return { prepared, state, exists, action: 'skip', reasons: [] };
  }
  return {
    prepared,
    state,
    exists,
    action: exists ? 'run' : 'create and run',
    reasons: approvalReasons(operation, prepared, !exists),
  };
}

/** Only `up` makes stacks in a backend that others share, and what was never deployed has no drift. */
function checkDeployed(operation: Operation, steps: readonly Step[]): void {
  const missing = steps.filter(({ action, prepared }) => {
    if (action !== 'create and run' || operation === 'up') return false;
    return operation !== 'preview' || !prepared.backend.isPrivate;
  });
  ProblemsError.throwIfAny(
    `chain ${operation}`,
    missing.flatMap(({ prepared }) => notDeployed(prepared.stack, prepared.environment.name).problems),
  );
}

function printPlan(operation: Operation, steps: readonly Step[], command: readonly string[]): void {
  const environment = steps[0]?.prepared.environment.name ?? '';
  console.log(pc.bold(`Plan: ${operation} ${count(steps)} in ${environment}, in this order`));
  steps.forEach(({ prepared, action }, index) => {
    const what = { run: '', 'create and run': ' · new stack', skip: ' · nothing deployed, skipped' }[action];
    console.log(`  ${index + 1}. ${prepared.stack.name}: ${describeTarget(prepared)}${what}`);
  });
  console.log(`Each: ${command.join(' ')}`);
  for (const { prepared } of steps) printNotes(prepared.stack.name, prepared.backend.notes);
}

function count(steps: readonly Step[]): string {
  return steps.length === 1 ? '1 stack' : `${steps.length} stacks`;
}

function printResults(operation: Operation, results: readonly StepResult[], options: ChainOptions): void {
  const table = new Table({
    head: ['stack', 'result', 'resources', 'seconds'],
    style: { head: [], border: [] },
  });
  for (const { step, result, summary, seconds } of results) {
    const changes = describeChanges(operation, summary);
    table.push([step.prepared.stack.name, result, changes, seconds === undefined ? '' : seconds.toFixed(1)]);
  }
  console.log(`\n${table.toString()}`);

  for (const { step, result, summary, added = [] } of results) {
    if (result === 'drifted') printDrift(step.prepared.stack.name, { summary, added });
  }
  const stopped = results.find(({ result }) => result === 'failed' || result === 'interrupted');
  if (stopped === undefined) return;
  const named = (...wanted: Result[]) =>
    results.filter(({ result }) => wanted.includes(result)).map(({ step }) => step.prepared.stack);
  const list = (stacks: readonly Stack[]) => stacks.map(({ name }) => name).join(', ') || 'none';
  console.error(`${stopped.step.prepared.stack.name} ${stopped.result}, so the chain stopped there.`);
  console.error(`  done:    ${list(named('done', 'drifted', 'nothing there'))}`);
  console.error(`  not run: ${list(named('not run'))}`);
  const remaining = named('failed', 'interrupted', 'not run');
  console.error(`Go on, once it is mended: ${chainCommand(operation, options, remaining)}`);
}

function chainCommand(operation: Operation, options: ChainOptions, stacks: readonly Stack[]): string {
  return [
    `npx engine chain ${operation} --env ${options.environment} --stacks ${stacks.map(({ name }) => name).join(',')}`,
    ...(options.context === undefined ? [] : [`--context ${options.context}`]),
  ].join(' ');
}
