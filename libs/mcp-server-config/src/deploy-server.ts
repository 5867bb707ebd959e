import { McpServer, type McpServerArgs, type McpServerProfile } from '@mcp-stacks/mcp-server';
import { namespaceContract, type NamespaceOutputs } from '@mcp-stacks/namespace-contract';
import { ProblemsError } from '@mcp-stacks/problem';
import { publish, type StackContext } from '@mcp-stacks/stack';
import * as pulumi from '@pulumi/pulumi';
import type { z } from 'zod';
import { serverContract } from './server-contract.js';
import type { Clients, Defaults, ServerKeys } from './server-keys.js';

/** One server as its stack's configuration states it. */
export interface ServerDeployment {
  /** The top-level key that states it, as `githubMcp`: messages name it. */
  readonly key: string;
  /** The keys that every server has. */
  readonly server: ServerKeys;
  /** Who may reach the server; nobody else does. */
  readonly clients: Clients;
  /** What holds for every server of the stack. */
  readonly defaults: Defaults;
  /** What the server is. */
  readonly profile: McpServerProfile;
  /** What only this server has, given what namespace-rbac published. */
  readonly specifics?: (namespace: NamespaceOutputs) => Partial<McpServerArgs>;
}

/** What `deployServer` needs of a stack's context. */
type Context = Pick<StackContext<z.ZodObject>, 'provider' | 'consume'>;

/**
 * Deploys one server into the namespace of `namespace-rbac`, or nothing where it is switched off.
 *
 * @returns The stack's outputs.
 * @throws ProblemsError if namespace-rbac has no ServiceAccount for it, or the server's facts rule something out.
 */
export async function deployServer(
  context: Context,
  { key, server, clients, defaults, profile, specifics }: ServerDeployment,
): Promise<Record<string, unknown>> {
  const stack = pulumi.getProject();
  const contract = serverContract(stack);
  const namespace = await context.consume(namespaceContract);
  if (!server.enabled) {
    await pulumi.log.warn(`${server.name} is switched off (enabled: false): nothing is deployed`);
    return publish(contract, { name: server.name, enabled: false });
  }
  const { inspectorImage, monitoring } = server;
  const args: McpServerArgs = {
    profile,
    namespace: namespace.namespace,
    image: server.image,
    ...(monitoring !== undefined && { portName: monitoring.portName }),
    ...(server.allowOrigins !== undefined && { allowOrigins: server.allowOrigins }),
    replicas: server.replicas,
    ...(server.resources !== undefined && { resources: definedResources(server.resources) }),
    serviceAccountName: serviceAccountOf(server.name, namespace),
    imagePullSecretNames: namespace.imagePullSecrets,
    hostUsers: defaults.hostUsers,
    clients,
    ...(server.enableInspector && inspectorImage !== undefined && { inspector: { image: inspectorImage } }),
    ...(monitoring?.enabled === true && {
      monitoring: {
        kind: defaults.podScrape,
        scrapeInterval: monitoring.scrapeInterval,
        scrapers: defaults.scrapers,
      },
    }),
    rolloutTimeoutSeconds: server.rolloutTimeoutSeconds,
    ...(server.podAnnotations !== undefined && { podAnnotations: server.podAnnotations }),
    ...specifics?.(namespace),
  };
  const deployed = namingKeys(key, () => new McpServer(server.name, args, { provider: context.provider }));
  return publish(contract, { name: server.name, enabled: true, url: deployed.url });
}

/** Runs what may refuse arguments, and names the keys of the stack's file in their stead. */
function namingKeys<T>(key: string, run: () => T): T {
  try {
    return run();
  } catch (error) {
    if (!(error instanceof ProblemsError)) throw error;
    const stack = pulumi.getProject();
    throw new ProblemsError(
      `Pulumi.${pulumi.getStack()}.yaml of ${stack}`,
      error.problems.map((problem) => ({ ...problem, where: keyOf(problem.where, stack, key) })),
    );
  }
}

/** Arguments whose keys stand beside the server's, not inside. */
const BESIDE_SERVER: Readonly<Record<string, string>> = {
  clients: 'clients',
  'monitoring.scrapers': 'defaults.scrapers',
};

function keyOf(where: string, stack: string, key: string): string {
  const path = where.replace(/^args\.(container\.)?/, '');
  return `${stack}:${BESIDE_SERVER[path] ?? `${key}.${path}`}`;
}

function serviceAccountOf(server: string, namespace: NamespaceOutputs): string {
  const account = namespace.serviceAccounts[server];
  if (account === undefined) {
    throw new ProblemsError(`The server ${server}`, [
      {
        where: 'output serviceAccounts of namespace-rbac',
        found: `accounts for ${Object.keys(namespace.serviceAccounts).join(', ') || 'no server'}`,
        expected: `one for ${server}`,
        remedy:
          `add ${server}: {} to namespace-rbac:servers in Pulumi.${pulumi.getStack()}.yaml, ` +
          `then npx nx run namespace-rbac:up -c ${pulumi.getStack()}`,
      },
    ]);
  }
  return account;
}

function definedResources(
  resources: NonNullable<ServerKeys['resources']>,
): NonNullable<McpServerArgs['resources']> {
  const defined = (amounts: Readonly<Record<string, string | undefined>> = {}): Record<string, string> =>
    Object.fromEntries(
      Object.entries(amounts).filter((entry): entry is [string, string] => entry[1] !== undefined),
    );
  return { requests: defined(resources.requests), limits: defined(resources.limits) };
}
