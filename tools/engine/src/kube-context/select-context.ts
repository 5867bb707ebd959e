import { type Problem, ProblemsError } from '@mcp-stacks/problem';
import { remedyLines } from '../command-text.js';
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
}

/** The cluster that a command acts on. */
export interface SelectedContext {
  readonly name: string;
  readonly server: string;
  readonly isLocalTest: boolean;
}

/**
 * Picks the kubeconfig context that a command acts on: the one that is named, or the local test cluster. Never the
 * kubeconfig's current context: that is whatever its owner last worked on.
 *
 * @throws ProblemsError that lists the contexts there are, where none is named or the named one does not exist.
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
  return { name: chosen.name, server: chosen.server, isLocalTest: isLocalTestCluster(chosen) };
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
