import { type Problem, ProblemsError } from '@mcp-stacks/problem';
import { type Stack, readWorkspace, upstreamClosure, type Workspace } from '@mcp-stacks/workspace';
import { FaultlessObjects } from '../checks/faultless-objects.js';
import { duplicateProblems } from '../checks/duplicate-problems.js';
import { type StackReads, upstreamProblems } from '../checks/upstream-problems.js';
import { surroundingsIn } from '../report/surroundings.js';
import { loadProgram } from './load-program.js';
import { ProblemCollection } from './problem-collection.js';
import type { ConfigText } from '../inputs/read-config.js';
import { type RenderedChain, type RenderedEnvironment } from './rendered-chain.js';
import { finishStack } from './finish-stack.js';
import { runEnvironment } from './run-environment.js';

/** What to render. */
export interface RenderOptions {
  /** The workspace's folder, absolute. */
  readonly root: string;
  /** @default all of `environments.yaml` that a stack has a configuration for */
  readonly environments?: readonly string[];
  /** What these build on runs too. @default all */
  readonly stacks?: readonly string[];
  /** What need not be checked by its schema again. @default every object is checked */
  readonly faultless?: FaultlessObjects;
  /** What is read in place of a stack's `Pulumi.<environment>.yaml`, as YAML. @default the files of the workspace */
  readonly configText?: ConfigText;
  /** Hears of each environment when its programs have run. */
  readonly onEnvironment?: (environment: RenderedEnvironment) => void;
}

/**
 * Runs the stacks' programs in order, upstream outputs flowing downstream, and checks what they would deploy.
 * Reads the workspace's files; writes nothing and contacts nobody.
 *
 * @throws ProblemsError if the workspace or the options are wrong.
 * @throws ChainProblemsError with every problem of every stack and environment.
 */
export async function renderChain(options: RenderOptions): Promise<RenderedChain> {
  const workspace = readWorkspace(options.root);
  const { selected, chain, environments } = select(workspace, options);
  const problems = new ProblemCollection();
  const programs = new Map(
    chain.map((stack) => {
      const found: Problem[] = [];
      const program = loadProgram(stack, found);
      problems.add({ stack: stack.name }, found);
      return [stack.name, program] as const;
    }),
  );

  const { faultless = new FaultlessObjects(), configText } = options;
  const reads = new Map<string, StackReads[]>(chain.map(({ name }) => [name, []]));
  const rendered: RenderedEnvironment[] = [];
  for (const environment of environments) {
    const start = performance.now();
    const runs = await runEnvironment(
      { workspace, chain, environment, programs, faultless, configText },
      problems,
    );
    for (const { stack, recording, converted } of runs) {
      reads.get(stack.name)?.push({
        environment,
        stackReferences: recording.stackReferences,
        deploys: converted.manifests.length + converted.leftOut.length > 0,
      });
    }
    const owned = runs.flatMap(({ stack, converted }) =>
      converted.owned.map((manifest) => ({ stack: stack.name, manifest })),
    );
    for (const [stack, problem] of duplicateProblems(owned)) problems.add({ stack, environment }, [problem]);
    const around = surroundingsIn(owned.map(({ manifest }) => manifest.object));
    const finished: RenderedEnvironment = {
      name: environment,
      stacks: runs.map((run) => finishStack(run, environment, selected.has(run.stack), around)),
      milliseconds: performance.now() - start,
    };
    rendered.push(finished);
    options.onEnvironment?.(finished);
  }

  const names = workspace.stacks.map(({ name }) => name);
  for (const stack of chain) {
    problems.add({ stack: stack.name }, upstreamProblems(stack, names, reads.get(stack.name) ?? []));
  }
  problems.throwIfAny();
  return { root: workspace.root, environments: rendered };
}

/** What the options select, and what has to run for it. */
function select(
  workspace: Workspace,
  { environments, stacks }: RenderOptions,
): { selected: ReadonlySet<Stack>; chain: readonly Stack[]; environments: readonly string[] } {
  const chain = upstreamClosure(workspace, stacks ?? workspace.stacks.map(({ name }) => name));
  const selected = new Set(stacks === undefined ? chain : chain.filter(({ name }) => stacks.includes(name)));
  const known = [...workspace.environments.keys()];
  const problems: Problem[] = (environments ?? [])
    .filter((name) => !known.includes(name))
    .map((name) => ({
      where: 'the name of an environment',
      found: name,
      expected: `one of ${known.join(', ')}`,
      remedy: 'correct its spelling, or add it to environments.yaml',
    }));
  for (const environment of environments ?? []) {
    for (const stack of stacks === undefined ? [] : selected) {
      if (!known.includes(environment) || stack.environments.includes(environment)) continue;
      problems.push({
        where: `${stack.path}/Pulumi.${environment}.yaml`,
        found: 'nothing',
        expected: `the configuration of ${stack.name} for ${environment}`,
        remedy: `create it, or choose among ${stack.environments.join(', ') || 'other stacks'}`,
      });
    }
  }
  ProblemsError.throwIfAny('What to render', problems);
  return {
    selected,
    chain,
    environments: known.filter(
      (name) =>
        environments?.includes(name) ?? [...selected].some((stack) => stack.environments.includes(name)),
    ),
  };
}
