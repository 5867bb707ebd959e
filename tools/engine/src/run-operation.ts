import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pulumiCommand } from './command-text.js';
import type { Operation } from './operation.js';
import type { PreparedStack } from './prepare-stacks.js';
import { operationArguments, type OperationMode } from './pulumi/operation-arguments.js';
import { readEventLog, type RunSummary } from './pulumi/read-event-log.js';
import { renewalText } from './kube-context/select-context.js';
import { runPulumi } from './pulumi/run-pulumi.js';

/** How an operation on one stack went. */
export interface OperationResult {
  readonly code: number;
  readonly interrupted: boolean;
  readonly summary: RunSummary | undefined;
  readonly seconds: number;
}

/** Runs an operation on one stack in the foreground, and explains what Pulumi's own message leaves open. */
export async function runOperation(
  operation: Operation,
  prepared: PreparedStack,
  mode: OperationMode,
  extraArguments: readonly string[],
): Promise<OperationResult> {
  const { stack, environment } = prepared;
  const folder = mkdtempSync(path.join(os.tmpdir(), 'mcp-stacks-'));
  try {
    const events = path.join(folder, 'events.json');
    const started = performance.now();
    const { code, errors, interrupted } = await runPulumi(
      prepared.pulumi,
      [...operationArguments(operation, mode), '--event-log', events, ...extraArguments],
      {
        folder: prepared.backend.projectFolder,
        // `--event-log` is hidden behind it (`cmd/pulumi/operations`); the Automation API sets it too.
        variables: { ...prepared.variables, PULUMI_DEBUG_COMMANDS: 'true' },
      },
    );
    const seconds = (performance.now() - started) / 1000;
    if (/stack is currently locked|Another update is currently in progress/.test(errors)) {
      console.error(
        `\n${stack.name} in ${environment.name} is locked: somebody else is at work on it, or a run was cut off.\n` +
          `Only if nobody is: ${pulumiCommand(stack.name, environment.name, 'cancel')}`,
      );
    }
    const { summary, cancelled, messages } = readEventLog(events);
    if (code !== 0) explainRefusal(prepared, [errors, ...messages].join('\n'));
    return { code, interrupted: interrupted || cancelled, summary, seconds };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What the provider says of credentials, rights and a cluster that is away does not tell what to do, or the wrong thing. */
function explainRefusal({ stack, cluster }: PreparedStack, messages: string): void {
  if (cluster === undefined) return;
  // client-go's words for 401, and the API server's.
  if (/asked for the client to provide credentials|\bUnauthorized\b/.test(messages)) {
    console.error(
      `\nThe cluster does not accept the credentials of context ${cluster.name}: they are wrong or have expired.\n` +
        `New ones: ${renewalText(cluster.renewal)}`,
    );
  } else if (messages.includes('configured Kubernetes cluster is unreachable')) {
    console.error(
      `\nThe cluster of context ${cluster.name} (${cluster.server}) does not answer, so nothing can be told of it.\n` +
        `Run this again when it does: kubectl --context ${cluster.name} get --raw /readyz\n` +
        'PULUMI_K8S_DELETE_UNREACHABLE makes Pulumi forget what it has deployed there: not unless it is gone for good.',
    );
  }
  const user = /is forbidden: User "([^"]+)" cannot/.exec(messages)?.[1];
  if (user !== undefined) {
    console.error(
      `\n${user} (context ${cluster.name}) may not do what ${stack.name} needs.\n` +
        `Run it with a context that may, such as an administrator's: --context <name>`,
    );
  }
}
