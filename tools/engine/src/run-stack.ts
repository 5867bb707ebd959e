import { ProblemsError } from '@mcp-stacks/problem';
import type { Stack, Workspace } from '@mcp-stacks/workspace';
import { announce } from './announce.js';
import { approvalReasons, refuseUnattended } from './approval.js';
import { confirm, isInteractive } from './confirm.js';
import { lookAtStacks } from './look-at-stacks.js';
import type { Operation } from './operation.js';
import { prepareStacks } from './prepare-stacks.js';
import { printDrift } from './print-drift.js';
import { createStack, type DeployedStack } from './pulumi/deployed-stack.js';
import { reportLock } from './pulumi/lock.js';
import { EXIT_CHANGES_FOUND } from './pulumi/run-pulumi.js';
import { runMending } from './run-mending.js';
import { type HealthChoice, readTokens, showHealth } from './show-health.js';
import { checkTakeover } from './takeover/check-takeover.js';
import { writePreview } from './write-preview.js';

/** What stood on the command line. */
export interface RunOptions {
  readonly environment: string;
  readonly context?: string | undefined;
  readonly yes: boolean;
  /** What follows a successful `up`. */
  readonly after: HealthChoice;
  /** Handed to Pulumi as they are. */
  readonly extraArguments: readonly string[];
  /** Where a preview is written to as JSON. @default nowhere */
  readonly json?: string | undefined;
}

/**
 * Runs an operation on one stack alone. Where the user must approve, Pulumi shows its preview and asks.
 *
 * @returns The exit code.
 * @throws ProblemsError where something is missing or may not be done.
 */
export async function runStack(
  workspace: Workspace,
  stack: Stack,
  operation: Operation,
  options: RunOptions,
): Promise<number> {
  const [prepared] = await prepareStacks(workspace, [stack], {
    ...options,
    purpose: 'program',
    shell: process.env,
  });
  if (prepared === undefined) throw new Error(`${stack.name} was not prepared`);
  const tokens = await readTokens(options.after);
  announce(operation, prepared);

  const { stacks, plan } = await lookAtStacks(workspace, operation, [prepared]);
  const [seen] = stacks;
  if (seen === undefined) throw new Error(`${stack.name} was not looked at`);
  const { deployed } = seen;
  if (operation === 'destroy' && isNothingThere(deployed)) {
    if (deployed.exists && (await reportLock(prepared))) return 1;
    console.log(`Nothing of ${stack.name} is deployed in ${options.environment}.`);
    return 0;
  }
  const context = options.context === undefined ? '' : ` --context ${options.context}`;
  const commandLine = (verb: Operation) =>
    `npx engine ${verb} ${stack.name} --env ${options.environment}${context}`;
  const reasons = approvalReasons(operation, prepared, !deployed.exists);
  const mustAsk = reasons.length > 0 && !options.yes;
  if (mustAsk && !isInteractive()) refuseUnattended(operation, reasons, commandLine(operation));

  const takeover = await checkTakeover(operation, plan, [seen], {
    command: commandLine('up'),
    extraArguments: options.extraArguments,
  });
  if (takeover.refused) {
    console.error(`\n${takeover.report ?? ''}\nNothing was deployed.`);
    return 1;
  }
  if (!deployed.exists) {
    if (!prepared.backend.isPrivate && operation !== 'up') throw notDeployed(stack, options.environment);
    if (prepared.backend.isPrivate && operation !== 'up' && operation !== 'preview') {
      throw notDeployed(stack, options.environment);
    }
    if (!prepared.backend.isPrivate && mustAsk) {
      const question = `Make the new stack ${options.environment} of ${stack.name} in ${prepared.backend.location}?`;
      if (!(await confirm(question))) return 1;
    }
    await createStack(prepared);
  }
  const downstream = workspace.stacks.filter(({ upstreams }) => upstreams.includes(stack.name));
  if (operation === 'destroy' && downstream.length > 0) {
    console.log(`These build on it and stay: ${downstream.map(({ name }) => name).join(', ')}`);
  }
  const result = await runMending(
    operation,
    prepared,
    takeover,
    { pulumiAsks: mustAsk, previewFirst: reasons.length > 0, interactive: isInteractive() },
    options.extraArguments,
  );
  const { code, summary, added, interrupted, services } = result;
  if (options.json !== undefined && code === 0) writePreview(options.json, result);
  if (operation === 'drift') {
    if (code === 0) console.log(`No drift in ${stack.name}.`);
    if (code === EXIT_CHANGES_FOUND) printDrift(stack.name, { summary, added });
  }
  if (takeover.report !== undefined) console.error(`\n${takeover.report}`);
  const foundInTheWay = takeover.report !== undefined && operation === 'preview';
  if (interrupted) return 130;
  if (code !== 0) return code;
  if (operation === 'up' && options.after.health) return await showHealth([{ prepared, services }], tokens);
  return foundInTheWay ? 1 : 0;
}

/** Whether there is nothing that `destroy` could destroy; its program could fail for want of its upstream stacks. */
export function isNothingThere({ exists, resources }: DeployedStack): boolean {
  return !exists || resources === 0;
}

/** The error for a stack that a command needs in the backend and that is not there. */
export function notDeployed(stack: Stack, environment: string): ProblemsError {
  return new ProblemsError(`${stack.name} in ${environment}`, [
    {
      where: `stack ${environment} of ${stack.name}`,
      found: 'no such stack in the backend',
      expected: 'a stack that was deployed before',
      remedy: `npx engine up ${stack.name} --env ${environment}   (makes it)`,
    },
  ]);
}
