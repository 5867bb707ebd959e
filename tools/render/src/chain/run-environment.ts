import { type Problem } from '@mcp-stacks/problem';
import { type Recording } from '@mcp-stacks/recorder';
import { type StackProgram } from '@mcp-stacks/stack';
import { type Stack, type Workspace } from '@mcp-stacks/workspace';
import { announcementsIn, podSecurityProblems } from '../checks/pod-security-problems.js';
import { type FaultlessObjects } from '../checks/faultless-objects.js';
import { schemaProblems } from '../checks/schema-problems.js';
import { fullStackName } from '../checks/upstream-problems.js';
import { type ConfigText, readConfig } from '../inputs/read-config.js';
import { readStandIns, standInExample, type StandIns, standInsPath } from '../inputs/read-stand-ins.js';
import { convertRecording, type ConvertedRecording } from './convert-recording.js';
import { type ProblemCollection } from './problem-collection.js';
import { checkConfig, type ProgramRun, runProgram } from './run-program.js';

/** What runs in one environment. */
export interface EnvironmentRun {
  readonly workspace: Workspace;
  /** In order. */
  readonly chain: readonly Stack[];
  readonly environment: string;
  /** By stack; `undefined` where it cannot be loaded. */
  readonly programs: ReadonlyMap<string, StackProgram | undefined>;
  /** What need not be checked by its schema again. */
  readonly faultless: FaultlessObjects;
  /** What is read in place of a stack's configuration. @default the file */
  readonly configText?: ConfigText | undefined;
}

/** One stack whose program ran to its end. */
export interface StackRun {
  readonly stack: Stack;
  readonly recording: Recording;
  readonly converted: ConvertedRecording;
  readonly standIns: StandIns;
}

/**
 * Runs the programs of one environment in order and checks each object. Where an upstream stack did not run, only
 * the configuration of what builds on it is checked, so that all problems of all files come at once.
 */
export async function runEnvironment(
  { workspace, chain, environment, programs, faultless, configText }: EnvironmentRun,
  problems: ProblemCollection,
): Promise<readonly StackRun[]> {
  const own = new Set(workspace.stacks.map(({ name }) => fullStackName(name, environment)));
  const outputs = new Map<string, Recording['outputs']>();
  const runs: StackRun[] = [];
  for (const stack of chain) {
    if (!stack.environments.includes(environment)) continue;
    const fileProblems: Problem[] = [];
    const config = readConfig(stack, environment, fileProblems, configText);
    const standIns = readStandIns(stack, environment, own, fileProblems);
    problems.add({ stack: stack.name, environment }, fileProblems);
    const program = programs.get(stack.name);
    if (program === undefined) continue;

    const missing = new Set<string>();
    const run: ProgramRun = {
      stack,
      environment,
      program,
      config,
      stackOutputs: (name) => {
        const found = outputs.get(name) ?? standIns.get(name);
        if (found === undefined) missing.add(name);
        return found;
      },
    };
    const ready =
      fileProblems.length === 0 &&
      stack.upstreams.every((upstream) => outputs.has(fullStackName(upstream, environment)));
    const result = await (ready ? runProgram(run) : checkConfig(run));
    if ('problems' in result) {
      const { subject, problems: found } = result;
      const unassumed = [...missing].filter((name) => !own.has(name));
      const refused =
        unassumed.length === 0
          ? found
          : unassumed.map((name) => missingStandIn(stack, environment, name, found));
      problems.add(
        {
          stack: stack.name,
          environment,
          ...(unassumed.length === 0 && subject !== undefined && { part: subject }),
        },
        refused,
      );
      continue;
    }
    if (!ready) continue;
    const { recording } = result;
    outputs.set(fullStackName(stack.name, environment), recording.outputs);
    const converted = convertRecording(recording);
    const announcementsOf = announcementsIn(recording);
    runs.push({ stack, recording, converted, standIns });
    problems.add({ stack: stack.name, environment }, [
      ...converted.problems,
      ...(
        await Promise.all(converted.manifests.map((manifest) => schemaProblems(manifest, faultless)))
      ).flat(),
      ...converted.manifests.flatMap((manifest) => podSecurityProblems(manifest, announcementsOf)),
    ]);
  }
  return runs;
}

/** @param refused What the program said, which knows the outputs that it wanted. */
function missingStandIn(
  stack: Stack,
  environment: string,
  name: string,
  refused: readonly Problem[],
): Problem {
  const file = standInsPath(stack, environment);
  const wanted = refused.find(({ where }) => where.includes(name))?.expected.split(' with the outputs ')[1];
  return {
    where: `${file}: ${name}`,
    found: 'nothing',
    expected: `a stand-in for this stack outside the workspace${wanted === undefined ? '' : `, with the outputs ${wanted}`}`,
    remedy: `write into ${file}: ${standInExample(name, wanted?.split(', '))}`,
  };
}
