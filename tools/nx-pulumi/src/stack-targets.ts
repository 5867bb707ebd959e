import { type Stack } from '@mcp-stacks/workspace';
import { type TargetConfiguration } from '@nx/devkit';

/** The project whose command makes the manifests without an engine. */
export const RENDERER = { project: 'render', folder: 'tools/render' } as const;

/** The project whose command drives Pulumi's engine. */
const ENGINE = 'engine';

/** What acts on real state, each on one stack alone, and what it does. */
const LIVE = {
  preview: 'Shows what an update would change.',
  up: 'Deploys this stack alone.',
  refresh: 'Brings the state in line with what really runs.',
  drift: 'Tells whether what really runs differs from the state.',
  destroy: 'Deletes what this stack deployed.',
} as const;

/** What the targets of a stack follow from. */
export interface StackFacts {
  readonly stack: Stack;
  /** The stack and all that it builds on, directly or not. */
  readonly chain: readonly Stack[];
  /** The folders whose code renders, relative to the workspace's root. */
  readonly rendererFolders: readonly string[];
  /** The installed packages that the chain's programs and the renderer run on. */
  readonly npmPackages: readonly string[];
}

/** A stack's inferred targets by name; none where it has no environment yet. */
export function stackTargets(facts: StackFacts): Record<string, TargetConfiguration> {
  const { name, environments } = facts.stack;
  const defaultConfiguration = environments.includes('dev') ? 'dev' : environments[0];
  if (defaultConfiguration === undefined) return {};
  const perEnvironment = (command: (environment: string) => string) =>
    Object.fromEntries(environments.map((environment) => [environment, { command: command(environment) }]));

  const targets: Record<string, TargetConfiguration> = {
    render: {
      executor: 'nx:run-commands',
      // Inputs belong to a target, not to a configuration: this one leaves the cache to the target that it runs.
      cache: false,
      // They still decide what `nx affected` names: a change of what renders may change every stack's manifests.
      inputs: facts.rendererFolders.map((folder) => `{workspaceRoot}/${folder}/{src,bin}/**/*`),
      options: { command: renderCommand(name, defaultConfiguration) },
      configurations: perEnvironment((environment) => renderCommand(name, environment)),
      defaultConfiguration,
      metadata: {
        description: 'Renders the manifests and shows what they expose: no engine, no cluster.',
        technologies: ['pulumi'],
      },
    },
  };
  for (const environment of environments) targets[`render-${environment}`] = renderTarget(facts, environment);
  for (const [verb, description] of Object.entries(LIVE)) {
    targets[verb] = {
      executor: 'nx:run-commands',
      cache: false,
      // The engine locks a stack's state, and its questions need the terminal for themselves.
      parallelism: false,
      dependsOn: ['build', { projects: [ENGINE], target: 'build' }],
      // Never hashed; it makes `nx affected` name every stack when their backends change.
      inputs: ['{workspaceRoot}/environments.yaml'],
      options: { command: `engine ${verb} ${name} --env ${defaultConfiguration}` },
      configurations: perEnvironment((environment) => `engine ${verb} ${name} --env ${environment}`),
      defaultConfiguration,
      metadata: { description, technologies: ['pulumi'] },
    };
  }
  return targets;
}

function renderCommand(stack: string, environment: string): string {
  return `nx run ${stack}:render-${environment}`;
}

/** Exact: another environment's config, a test or a README leaves the cache alone; any code that runs does not. */
function renderTarget({ stack, chain, npmPackages }: StackFacts, environment: string): TargetConfiguration {
  const files = ['package.json', 'Pulumi.yaml', `Pulumi.${environment}.yaml`, `assumed.${environment}.yaml`];
  return {
    executor: 'nx:run-commands',
    cache: true,
    // The stack's build brings those of its libraries and of all that it builds on.
    dependsOn: ['build', { projects: [RENDERER.project], target: 'build' }],
    inputs: [
      { dependentTasksOutputFiles: '**/*.js', transitive: true },
      ...chain.flatMap(({ path }) => files.map((file) => `{workspaceRoot}/${path}/${file}`)),
      `{workspaceRoot}/${RENDERER.folder}/bin/**/*`,
      '{workspaceRoot}/.nvmrc',
      { externalDependencies: [...npmPackages] },
    ],
    outputs: ['yaml', 'summary'].map(
      (ending) => `{workspaceRoot}/dist/render/${environment}/${stack.name}.${ending}`,
    ),
    options: { command: `render --env ${environment} --stack ${stack.name}` },
    metadata: { description: `Renders the manifests for ${environment}.`, technologies: ['pulumi'] },
  };
}
