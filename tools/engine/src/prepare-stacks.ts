import { type Problem, ProblemsError } from '@mcp-stacks/problem';
import { COMPILE_CACHE_FOLDER } from '@mcp-stacks/render/start';
import type { Environment, Stack, Workspace } from '@mcp-stacks/workspace';
import type { BackendSession } from './backend/backend-session.js';
import { openLocalBackend } from './backend/local-backend.js';
import { openUrlBackend } from './backend/url-backend.js';
import { type ClusterFiles, findCluster, type SelectedContext } from '@mcp-stacks/kube-context';
import { askPulumi } from './prerequisites/ask-pulumi.js';
import { checkPrerequisites } from './prerequisites/check-prerequisites.js';
import { requiredPlugins } from './prerequisites/required-plugins.js';
import { toolPath } from './prerequisites/tool-path.js';

/** A stack that Pulumi can be run on: everything it needs is there, and what it will act on is decided. */
export interface PreparedStack {
  readonly stack: Stack;
  readonly environment: Environment;
  /** The Pulumi CLI, absolute. */
  readonly pulumi: string;
  readonly backend: BackendSession;
  /** `undefined` where the program uses no Kubernetes provider. */
  readonly cluster: SelectedContext | undefined;
  /** All environment variables of the Pulumi process. */
  readonly variables: NodeJS.ProcessEnv;
}

/** What the user asked for. */
export interface PrepareOptions {
  readonly environment: string;
  /** Kubeconfig context from the command line. */
  readonly context?: string | undefined;
  /**
   * `program` runs the stack's program, so it needs plugins, the compiled program, a cluster and secrets that can be
   * read; `cluster` acts on the cluster itself; `cli` runs any other Pulumi command and uses of these what is there.
   */
  readonly purpose: 'program' | 'cluster' | 'cli';
  /** The user's environment variables. */
  readonly shell: NodeJS.ProcessEnv;
}

/**
 * Checks and sets up all that Pulumi needs to act on some stacks in one environment.
 *
 * @throws ProblemsError with everything that is missing, of all stacks.
 */
export async function prepareStacks(
  workspace: Workspace,
  stacks: readonly Stack[],
  options: PrepareOptions,
): Promise<PreparedStack[]> {
  const environment = readEnvironment(workspace, stacks, options.environment);
  const problems: Problem[] = [];
  const { shell, purpose } = options;
  // Most other commands, such as `stack output`, never go near a cluster.
  const mustHaveCluster = purpose !== 'cli' || options.context !== undefined;
  const prerequisites = checkPrerequisites(
    workspace.root,
    purpose === 'program' ? stacks : [],
    shell,
    // Who runs no program needs no plugin, and is not kept from its command by a list of them that fails.
    purpose === 'program' ? await askPulumi(workspace.root, shell) : undefined,
  );
  problems.push(...prerequisites.problems);

  const prepared = stacks.map((stack): PreparedStack | undefined => {
    const backend = collect(problems, () =>
      environment.backend.kind === 'local'
        ? openLocalBackend(workspace.root, stack, environment.name, {
            requireReadable: purpose === 'program',
          })
        : openUrlBackend(stack, environment.name, environment.backend, shell),
    );
    const cluster = usesKubernetes(stack)
      ? collect(mustHaveCluster ? problems : [], () => findCluster(stack, environment, options))
      : undefined;
    if (backend === undefined || prerequisites.pulumi === undefined) return undefined;
    const variables = pulumiVariables(workspace.root, environment, backend, cluster, shell);
    return {
      stack,
      environment,
      pulumi: prerequisites.pulumi,
      backend,
      cluster: cluster?.context,
      variables,
    };
  });
  ProblemsError.throwIfAny(
    `${stacks.map(({ name }) => name).join(', ')} in ${environment.name}`,
    unique(problems),
  );
  return prepared.filter((stack) => stack !== undefined);
}

function readEnvironment(workspace: Workspace, stacks: readonly Stack[], name: string): Environment {
  const environment = workspace.environments.get(name);
  if (environment === undefined) {
    throw new ProblemsError('environment', [
      {
        where: '--env',
        found: name,
        expected: `one of ${[...workspace.environments.keys()].join(', ')}`,
        remedy: 'name one of them, or add it to environments.yaml',
      },
    ]);
  }
  ProblemsError.throwIfAny(
    `environment ${name}`,
    stacks
      .filter(({ environments }) => !environments.includes(name))
      .map((stack) => ({
        where: `${stack.path}/Pulumi.${name}.yaml`,
        found: 'nothing',
        expected: `the config of ${stack.name} for ${name}`,
        remedy: `create it, or take one of: ${stack.environments.join(', ')}`,
      })),
  );
  return environment;
}

function usesKubernetes(stack: Stack): boolean {
  return requiredPlugins(stack.folder).some(({ name }) => name === 'kubernetes');
}

function pulumiVariables(
  root: string,
  environment: Environment,
  backend: BackendSession,
  cluster: ClusterFiles | undefined,
  shell: NodeJS.ProcessEnv,
): NodeJS.ProcessEnv {
  return {
    ...shell,
    PATH: toolPath(root, shell),
    PULUMI_STACK: environment.name,
    PULUMI_SKIP_UPDATE_CHECK: 'true',
    // Node keeps what it compiled of the SDK and the program, in the place where the preview without an engine does.
    NODE_COMPILE_CACHE: shell.NODE_COMPILE_CACHE ?? COMPILE_CACHE_FOLDER,
    // What is missing was reported before; a download that begins in the middle of a run would come too late.
    PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: 'true',
    // Whether to ask is decided here, for the environment.
    PULUMI_SKIP_CONFIRMATIONS: undefined,
    MCP_STACKS_CONTEXT: cluster?.context.name,
    ...(cluster === undefined ? {} : { KUBECONFIG: cluster.kubeconfig }),
    ...backend.variables,
  };
}

function collect<T>(problems: Problem[], action: () => T): T | undefined {
  try {
    return action();
  } catch (error) {
    if (!(error instanceof ProblemsError)) throw error;
    problems.push(...error.problems);
    return undefined;
  }
}

function unique(problems: readonly Problem[]): Problem[] {
  return [...new Map(problems.map((problem) => [JSON.stringify(problem), problem])).values()];
}
