import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { kubectl } from '../engine/commands.js';
import { type Deployment, ENVIRONMENT } from '../engine/deployment.js';

/** The kinds that the stacks make in their namespace; what controllers and the cluster make is owned or named below. */
const KINDS =
  'deployments,services,configmaps,secrets,serviceaccounts,networkpolicies,persistentvolumeclaims,poddisruptionbudgets,' +
  'horizontalpodautoscalers,resourcequotas,limitranges,roles,rolebindings';

/** What the cluster puts into every namespace. */
const OF_THE_CLUSTER = ['ConfigMap kube-root-ca.crt', 'ServiceAccount default'];

interface Checkpoint {
  readonly checkpoint: {
    readonly latest?: {
      readonly resources?: readonly { readonly type: string; readonly id?: string }[];
      readonly pending_operations?: readonly unknown[] | null;
    } | null;
  };
}

/** The local backend's folder. */
function backend(deployment: Deployment, ...parts: readonly string[]): string {
  return join(deployment.root, '.pulumi-local', 'state', '.pulumi', ...parts);
}

function checkpointOf(deployment: Deployment, stack: string): Checkpoint['checkpoint']['latest'] {
  const file = backend(deployment, 'stacks', stack, `${ENVIRONMENT}.json`);
  return existsSync(file)
    ? (JSON.parse(readFileSync(file, 'utf8')) as Checkpoint).checkpoint.latest
    : undefined;
}

/** What a stack's state knows in the namespace of a deployment: `Deployment mcp-github`, sorted. */
export function inState(deployment: Deployment, stack: string): string[] {
  return (checkpointOf(deployment, stack)?.resources ?? [])
    .filter(({ type }) => type.startsWith('kubernetes:'))
    .flatMap(({ type, id = '' }) => {
      const [namespace, name] = id.split('/');
      return namespace === deployment.namespace && name !== undefined
        ? [`${type.split(':').at(-1) ?? ''} ${name}`]
        : [];
    })
    .sort();
}

/** How many operations a stack's state has of which nobody knows how they ended. */
export function pendingOperations(deployment: Deployment, stack: string): number {
  return checkpointOf(deployment, stack)?.pending_operations?.length ?? 0;
}

/** What is in the namespace of a deployment: `Deployment mcp-github`, sorted. */
export function inCluster(deployment: Deployment): string[] {
  const { output } = deployment.kubectl('get', KINDS, '--output', 'json');
  const { items } = JSON.parse(output) as {
    items: { kind: string; metadata: { name: string; ownerReferences?: unknown } }[];
  };
  return items
    .filter(({ metadata }) => metadata.ownerReferences === undefined)
    .map(({ kind, metadata }) => `${kind} ${metadata.name}`)
    .filter((object) => !OF_THE_CLUSTER.includes(object))
    .sort();
}

/** The lock files of a stack. */
export function locks(deployment: Deployment, stack: string): string[] {
  const folder = backend(deployment, 'locks', 'organization', stack, ENVIRONMENT);
  return existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.json')) : [];
}

/** What is left of a deployment that was destroyed: its namespace and its volume. Other tests' names may begin alike. */
export function leftBehind({ namespace }: Deployment): string[] {
  const { output } = kubectl('get', 'namespaces,persistentvolumes', '--output', 'name');
  return output
    .split('\n')
    .filter((name) => [`namespace/${namespace}`, `persistentvolume/${namespace}-shared-code`].includes(name));
}
