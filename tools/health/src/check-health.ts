import { type Connection, requestProblem, type SelectedContext } from '@mcp-stacks/kube-context';
import type { Problem } from '@mcp-stacks/problem';
import { readRecord, writeRecord } from './cluster/feature-record.js';
import { forwardPort } from './cluster/forward-port.js';
import { type LiveServer, readLiveServer } from './cluster/live-server.js';
import { compareFeatures } from './features/compare-features.js';
import type { FeatureList } from './features/feature-list.js';
import type { ServerHealth } from './server-health.js';
import type { ServerReference } from './server-reference.js';

/** How servers are asked. */
export interface HealthOptions {
  /** Bearer tokens by the name of the server. @default none */
  readonly bearers?: ReadonlyMap<string, string>;
  /** Whether what they offer becomes what the next time is compared with. @default false */
  readonly record?: boolean;
}

/**
 * Asks servers of one cluster, all at once, what they offer, each through a port forwarded to one of its pods; and
 * compares it with what was recorded. A Service that is no MCP server is passed over.
 *
 * @param connection A client for the cluster.
 * @param cluster The cluster, as messages name it.
 */
export async function checkHealth(
  connection: Connection,
  cluster: SelectedContext,
  servers: readonly ServerReference[],
  options: HealthOptions = {},
): Promise<readonly ServerHealth[]> {
  const all = await Promise.all(
    servers.map(async (server): Promise<ServerHealth | undefined> => {
      try {
        return await checkServer(connection, cluster, server, options);
      } catch (error) {
        const what = `Service ${server.namespace}/${server.name}`;
        return { ...server, result: 'not asked', problem: requestProblem(error, what, cluster) };
      }
    }),
  );
  return all.filter((health) => health !== undefined);
}

async function checkServer(
  connection: Connection,
  cluster: SelectedContext,
  server: ServerReference,
  { bearers, record = false }: HealthOptions,
): Promise<ServerHealth | undefined> {
  const live = await readLiveServer(connection, server);
  if (live === 'no MCP server') return undefined;
  if (live === 'not deployed') return { ...server, result: 'not deployed' };
  if (live === 'no endpoint stated')
    return { ...server, result: 'not asked', problem: withoutEndpoint(server) };
  const asked = await ask(connection, cluster, live, bearers?.get(server.name));
  if ('result' in asked) return { ...server, ...asked };
  const listed = { ...server, result: 'listed', features: asked } as const;
  try {
    const former = await readRecord(connection, live);
    const notRecorded = record ? await writeRecord(connection, live, asked, former) : undefined;
    return {
      ...listed,
      ...(former.features !== undefined && { changes: compareFeatures(former.features, asked) }),
      ...(notRecorded !== undefined && { notRecorded }),
    };
  } catch (error) {
    const { found, remedy } = requestProblem(error, `ConfigMap of ${server.name}`, cluster);
    return { ...listed, notRecorded: `${found}; ${remedy}` };
  }
}

async function ask(
  connection: Connection,
  cluster: SelectedContext,
  { stack, namespace, name, port, path, pod }: LiveServer,
  bearer: string | undefined,
): Promise<FeatureList | Pick<ServerHealth, 'result' | 'problem'>> {
  const where = `MCP server ${namespace}/${name}`;
  // Loaded here: the SDK takes a third of a second, and most of what is in this package works without.
  const { listFeatures, UnauthorizedError } = await import('./features/list-features.js');
  if (pod === undefined) return { result: 'no answer', problem: noPod(where, cluster, namespace, name) };
  await using forwarded = await forwardPort(connection, { namespace, pod, port });
  try {
    return await listFeatures(`http://127.0.0.1:${forwarded.port}${path}`, bearer);
  } catch (error) {
    if (error instanceof UnauthorizedError) {
      return bearer === undefined
        ? { result: 'needs token' }
        : { result: 'not asked', problem: refusedToken(where, name) };
    }
    const failure = forwarded.failure();
    if (failure?.status === 403)
      return { result: 'not asked', problem: mayNotForward(namespace, pod, cluster) };
    if (failure?.status === 401)
      return { result: 'not asked', problem: requestProblem({ code: 401 }, where, cluster) };
    const found = failure?.message ?? (error instanceof Error ? error.message : String(error));
    return {
      result: 'no answer',
      problem: {
        where: `${where} (pod ${pod}, :${port}${path})`,
        found: `no list of what it offers: ${found}`,
        expected: 'an MCP server that answers a client',
        remedy: `see what it says: kubectl --context ${cluster.name} -n ${namespace} logs ${pod}; endpoint and profile of ${stack} must be the image's`,
      },
    };
  }
}

function withoutEndpoint({ stack, namespace, name }: ServerReference): Problem {
  return {
    where: `annotations of Service ${namespace}/${name}`,
    found: 'no mcp-stacks/endpoint: it was deployed by an older version',
    expected: 'where the server speaks MCP, as :8082/mcp',
    remedy: `deploy ${stack} again`,
  };
}

function noPod(where: string, cluster: SelectedContext, namespace: string, name: string): Problem {
  return {
    where,
    found: 'no pod that is ready',
    expected: 'at least one',
    remedy: `kubectl --context ${cluster.name} -n ${namespace} describe deployment ${name}`,
  };
}

function refusedToken(where: string, name: string): Problem {
  return {
    where,
    found: 'the bearer token is not accepted (401)',
    expected: 'a token that the server takes',
    remedy: `put a valid one into the variable of --bearer-env ${name}=…`,
  };
}

function mayNotForward(namespace: string, pod: string, cluster: SelectedContext): Problem {
  return {
    where: `port of pod ${namespace}/${pod}`,
    found: `context ${cluster.name} may not forward it`,
    expected: 'the rights get and create on pods/portforward',
    remedy: 'an administrator deploys namespace-rbac again, whose Role for the deployer has them',
  };
}
