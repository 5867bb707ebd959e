import { formatProblems } from '@mcp-stacks/problem';
import { renewalText, type SelectedContext } from '@mcp-stacks/kube-context';
import type { Operation } from '../operation.js';
import type { PreparedStack } from '../prepare-stacks.js';
import type { EventLog, FailedResource } from '../pulumi/read-event-log.js';
import { diagnose, type UnreadyObject } from './diagnose.js';

const KINDS: ReadonlyMap<string, UnreadyObject['kind']> = new Map([
  ['kubernetes:apps/v1:Deployment', 'Deployment'],
  ['kubernetes:core/v1:PersistentVolumeClaim', 'PersistentVolumeClaim'],
]);

/** What a failed run left behind. */
export interface Failure extends Pick<EventLog, 'messages' | 'failed'> {
  /** Pulumi's standard error. */
  readonly errors: string;
}

/**
 * Says what Pulumi's messages leave open: what to do about credentials, rights and a cluster that is away, and why a
 * rollout was not done in time.
 */
export async function explainFailure(
  operation: Operation,
  prepared: PreparedStack,
  { errors, messages, failed }: Failure,
): Promise<void> {
  const { stack, environment, cluster } = prepared;
  if (cluster === undefined) return;
  const said = [errors, ...messages].join('\n');
  const command = `npx engine ${operation} ${stack.name} --env ${environment.name}`;
  const refusal =
    refusalText(said, stack.name, cluster, command) ??
    unpreviewableText(
      said,
      `npx engine up ${stack.name} --env ${environment.name} --context ${cluster.name}`,
    );
  if (refusal !== undefined) {
    console.error(`\n${refusal}`);
    return;
  }
  const objects = unreadyObjects(failed);
  if (operation !== 'up' || objects.length === 0) return;
  const problems = await diagnose(prepared, objects, command);
  console.error(`\n${formatProblems(`What the cluster says of ${stack.name}`, problems)}`);
}

/** What the provider says of these does not tell what to do, or the wrong thing. */
function refusalText(
  said: string,
  stack: string,
  cluster: SelectedContext,
  command: string,
): string | undefined {
  // client-go's words for 401, and the API server's.
  if (/asked for the client to provide credentials|\bUnauthorized\b/.test(said)) {
    return (
      `The cluster does not accept the credentials of context ${cluster.name}: they are wrong or have expired.\n` +
      `New ones: ${renewalText(cluster.renewal)}`
    );
  }
  if (said.includes('configured Kubernetes cluster is unreachable') || isUnanswered(said, cluster.server)) {
    return (
      `The API server of context ${cluster.name} (${cluster.server}) does not answer, so nothing can be told of it.\n` +
      `When it does: kubectl --context ${cluster.name} get --raw /readyz\n` +
      `run again:    ${command}\n` +
      'PULUMI_K8S_DELETE_UNREACHABLE makes Pulumi forget what it has deployed there: not unless it is gone for good.'
    );
  }
  const user = /is forbidden: User "([^"]+)" cannot/.exec(said)?.[1];
  return user === undefined
    ? undefined
    : `${user} (context ${cluster.name}) may not do what ${stack} needs.\n` +
        `Run it with a context that may, such as an administrator's: --context <name>`;
}

/**
 * A port that changes its number and keeps its name. The provider (4.33) gives the fields that it made an object with to
 * the owner that it changes it as only when it writes, so in its preview the old port stays beside the new one.
 */
function unpreviewableText(said: string, up: string): string | undefined {
  if (!/^.*Preview failed: [^]*\bports\[\d+\]\.name: Duplicate value/m.test(said)) return undefined;
  return (
    'A port is to change its number and to keep its name: that can be deployed, but not previewed.\n' +
    `If it is meant: ${up} -- --skip-preview`
  );
}

/** Whether a request got no answer in the middle of a run: Go's `url.Error`, `Patch "https://…": dial tcp …`. */
function isUnanswered(said: string, server: string): boolean {
  const origin = URL.canParse(server) ? new URL(server).origin : server;
  return new RegExp(`\\b[A-Z][a-z]+ "${origin.replaceAll(/[.[\]]/g, '\\$&')}[^"]*": `).test(said);
}

/** Of what failed, the objects that Pulumi waited for in vain, or that it could not make. */
function unreadyObjects(failed: readonly FailedResource[]): UnreadyObject[] {
  const objects = new Map<string, UnreadyObject>();
  for (const { type, inputs } of failed) {
    const kind = KINDS.get(type);
    const { namespace, name } = (inputs.metadata ?? {}) as Partial<Record<string, unknown>>;
    if (kind !== undefined && typeof namespace === 'string' && typeof name === 'string') {
      objects.set(`${kind} ${namespace}/${name}`, { kind, namespace, name });
    }
  }
  return [...objects.values()];
}
