import type { Environment, Stack } from '@mcp-stacks/workspace';
import path from 'node:path';
import { kubeconfigFiles, readKubeconfig } from './kubeconfig.js';
import { selectContext, type SelectedContext } from './select-context.js';
import { readStackCluster } from './stack-cluster.js';

/** What decides, beside a stack's config, which cluster a command acts on. */
export interface ClusterChoice {
  /** Kubeconfig context from the command line. */
  readonly context?: string | undefined;
  /** The user's environment variables. */
  readonly shell: NodeJS.ProcessEnv;
}

/** A context, and where it stands. */
export interface ClusterFiles {
  readonly context: SelectedContext;
  /** `KUBECONFIG` for a program that is to find the context: absolute paths. */
  readonly kubeconfig: string;
}

/**
 * The cluster that a command on a stack acts on: the one that is named on the command line or in the stack's config, or
 * the local test cluster where the state is local. Never the kubeconfig's current context.
 *
 * @throws ProblemsError that lists the contexts there are.
 */
export function findCluster(
  stack: Stack,
  environment: Environment,
  { context: option, shell }: ClusterChoice,
): ClusterFiles {
  const configured = readStackCluster(stack, environment.name);
  const files = configured.kubeconfig === undefined ? kubeconfigFiles(shell) : [configured.kubeconfig];
  const context = selectContext(readKubeconfig(files), {
    stack: stack.name,
    environment: environment.name,
    mayUseTestCluster: environment.backend.kind === 'local',
    ...(option === undefined ? {} : { option }),
    ...(configured.context === undefined ? {} : { configured: configured.context }),
  });
  return { context, kubeconfig: files.map((file) => path.resolve(file)).join(path.delimiter) };
}
