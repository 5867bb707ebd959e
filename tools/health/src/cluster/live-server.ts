import type { V1Service } from '@kubernetes/client-node';
import { type Connection, statusOf } from '@mcp-stacks/kube-context';
import { SERVER_LABEL } from '../rendered-servers.js';
import type { ServerReference } from '../server-reference.js';

/** Where the pods behind a Service speak MCP, as `:8082/mcp`: an annotation that `McpServer` writes. */
export const ENDPOINT_ANNOTATION = 'mcp-stacks/endpoint';

/** A server as the cluster has it. */
export interface LiveServer extends ServerReference {
  /** UID of the Service. */
  readonly uid: string;
  /** Port of the container. */
  readonly port: number;
  readonly path: string;
  /** A pod that is ready, the newest; `undefined` where there is none. */
  readonly pod: string | undefined;
}

/** Why a Service of the cluster is no server that can be asked. */
export type Unreachable = 'not deployed' | 'no MCP server' | 'no endpoint stated';

/**
 * Looks up a server in the cluster: where it speaks MCP, and which pod to ask.
 *
 * @throws the client library's error for what the API server refuses.
 */
export async function readLiveServer(
  { library, config }: Connection,
  reference: ServerReference,
): Promise<LiveServer | Unreachable> {
  const { namespace, name } = reference;
  const api = config.makeApiClient(library.CoreV1Api);
  let service: V1Service;
  try {
    service = await api.readNamespacedService({ name, namespace });
  } catch (error) {
    if (statusOf(error) === 404) return 'not deployed';
    throw error;
  }
  if (service.metadata?.labels?.[SERVER_LABEL.key] !== SERVER_LABEL.value) return 'no MCP server';
  const endpoint = /^:(\d+)(\/.*)$/.exec(service.metadata.annotations?.[ENDPOINT_ANNOTATION] ?? '');
  if (endpoint === null) return 'no endpoint stated';
  const selector = Object.entries(service.spec?.selector ?? {}).map(([key, value]) => `${key}=${value}`);
  const { items } = await api.listNamespacedPod({ namespace, labelSelector: selector.join(',') });
  const [newest] = items
    .filter(
      ({ metadata, status }) =>
        metadata?.deletionTimestamp === undefined &&
        status?.conditions?.some((condition) => condition.type === 'Ready' && condition.status === 'True'),
    )
    .toSorted((one, other) => created(other.metadata) - created(one.metadata));
  return {
    ...reference,
    uid: service.metadata.uid ?? '',
    port: Number(endpoint[1]),
    path: endpoint[2] ?? '/',
    pod: newest?.metadata?.name,
  };
}

function created(metadata: { readonly creationTimestamp?: Date } | undefined): number {
  return metadata?.creationTimestamp?.getTime() ?? 0;
}
