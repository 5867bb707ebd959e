import { type Problem, ProblemsError, remedyLines } from '@mcp-stacks/problem';
import type { Kubeconfig, KubeContext } from './kubeconfig.js';
import { isLocalTestCluster, LOCAL_TEST_CONTEXTS } from './local-test-cluster.js';

/** What decides which cluster a command may touch. */
export interface ContextRequest {
  readonly stack: string;
  readonly environment: string;
  /** From the command line; wins over the config. */
  readonly option?: string;
  /** From the stack's config. */
  readonly configured?: string;
  /** Whether a local test cluster may be taken unnamed: only where the state is local too. */
  readonly mayUseTestCluster: boolean;
  /** @default now */
  readonly at?: Date;
}

/** The cluster that a command acts on. */
export interface SelectedContext {
  readonly name: string;
  readonly server: string;
  readonly isLocalTest: boolean;
  /** The command that issued the context, where `engine kubeconfig` did. */
  readonly renewal?: string;
}

/**
 * Picks the kubeconfig context that a command acts on: the one that is named, or the local test cluster. Never the
 * kubeconfig's current context: that is whatever its owner last worked on.
 *
 * @throws ProblemsError that lists the contexts there are, where none is named or the named one does not exist; that
 *   says how to renew it, where its token has expired.
 */
export function selectContext(kubeconfig: Kubeconfig, request: ContextRequest): SelectedContext {
  const wanted = request.option ?? request.configured;
  const chosen =
    wanted === undefined
      ? unnamedContext(kubeconfig, request)
      : (kubeconfig.contexts.find(({ name }) => name === wanted) ??
        refuse(kubeconfig, request, {
          where: request.option === undefined ? whereConfigured(request) : '--context',
          found: `${wanted}, which is not in the kubeconfig`,
          remedy: 'name one of them, or add it to the kubeconfig',
        }));
  if (chosen.server === undefined) {
    return refuse(kubeconfig, request, {
      where: `context ${chosen.name}`,
      found: 'a context whose cluster is not in the kubeconfig, or has no server address',
      remedy: 'name one of the others, or add its cluster to the kubeconfig',
    });
  }
  const { name, server, tokenExpiry, renewal } = chosen;
  if (tokenExpiry !== undefined && tokenExpiry <= (request.at ?? new Date())) {
    throw new ProblemsError(`${request.stack} in ${request.environment}`, [
      {
        where: `token of context ${name}`,
        found: `one that expired at ${tokenExpiry.toISOString()}`,
        expected: 'a token that is still valid',
        remedy: renewalText(renewal),
      },
    ]);
  }
  return {
    name,
    server,
    isLocalTest: isLocalTestCluster(chosen),
    ...(renewal === undefined ? {} : { renewal }),
  };
}

/** How to get a new token for a context. */
export function renewalText(renewal: string | undefined): string {
  return renewal ?? 'get a new one where this one came from, or take another context: --context <name>';
}

function unnamedContext(kubeconfig: Kubeconfig, request: ContextRequest): KubeContext {
  const local = request.mayUseTestCluster ? kubeconfig.contexts.filter(isLocalTestCluster) : [];
  const [only] = local;
  if (only !== undefined && local.length === 1) return only;
  const current = local.find(({ name }) => name === kubeconfig.currentContext);
  if (current !== undefined) return current;
  return refuse(kubeconfig, request, {
    where: `cluster of ${request.stack} in ${request.environment}`,
    found: local.length > 1 ? 'no context named, and two local test clusters' : 'no context named',
    remedy: remedyLines(
      '--context <name>',
      `or for good, in ${whereConfigured(request)}: { context: <name> }`,
      ...(request.mayUseTestCluster
        ? [
            `or a local test cluster, which needs no naming: context ${LOCAL_TEST_CONTEXTS.join(' or ')}, server on`,
            'loopback or in 198.18.0.0/15: kind create cluster --name mcp-stacks',
          ]
        : []),
    ),
  });
}

function whereConfigured(request: ContextRequest): string {
  return `Pulumi.${request.environment}.yaml of ${request.stack}, key ${request.stack}:cluster`;
}

function refuse(kubeconfig: Kubeconfig, request: ContextRequest, problem: Omit<Problem, 'expected'>): never {
  const contexts = kubeconfig.contexts.map(({ name, server }) => `${name} (${server ?? 'no server'})`);
  throw new ProblemsError(`${request.stack} in ${request.environment}`, [
    {
      ...problem,
      expected:
        contexts.length > 0
          ? `one of the contexts in ${kubeconfig.files.join(', ')}: ${contexts.join(', ')}`
          : 'a context of a kubeconfig, but none was found in KUBECONFIG or ~/.kube/config',
    },
  ]);
}
