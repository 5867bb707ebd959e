import { type Problem, ProblemsError } from '@mcp-stacks/problem';
import { record, type Recording } from '@mcp-stacks/recorder';
import { CONTEXT_VARIABLE, parseConfig, type StackProgram } from '@mcp-stacks/stack';
import { type Stack } from '@mcp-stacks/workspace';
import { type EngineConfig } from '../inputs/read-config.js';
import { randomOutputs } from '../inputs/random-outputs.js';
import { errorProblem } from './error-problem.js';

/** Everything that a program runs on. */
export interface ProgramRun {
  readonly stack: Stack;
  readonly environment: string;
  readonly program: StackProgram;
  readonly config: EngineConfig;
  /** The outputs of another stack by its full name; `undefined` where there is none. */
  readonly stackOutputs: (name: string) => Readonly<Record<string, unknown>> | undefined;
}

/** What a run gave: the recording, or what the program refused. */
export type ProgramResult =
  { readonly recording: Recording } | { readonly subject?: string; readonly problems: readonly Problem[] };

/** Runs a stack's program as the engine does, in the stack's folder, with a recorder in the engine's place. */
export async function runProgram(run: ProgramRun): Promise<ProgramResult> {
  return await recorded(run, run.program);
}

/** Only checks a stack's configuration, where the program itself cannot run. */
export async function checkConfig(run: ProgramRun): Promise<ProgramResult> {
  return await recorded(run, () => {
    parseConfig(run.program.config);
    return {};
  });
}

async function recorded(
  { stack, environment, config, stackOutputs }: ProgramRun,
  program: () => unknown,
): Promise<ProgramResult> {
  const folder = process.cwd();
  const context = process.env[CONTEXT_VARIABLE];
  process.chdir(stack.folder);
  // The provider wants a name; nobody ever connects to it.
  process.env[CONTEXT_VARIABLE] = 'render';
  try {
    const recording = await record(program, {
      project: stack.name,
      stack: environment,
      ...config,
      stackOutputs,
      computedOutputs: randomOutputs,
    });
    // The engine, too, fails a program that logged an error.
    const errors = recording.logs.filter(({ severity }) => severity === 'error');
    if (errors.length === 0) return { recording };
    return {
      problems: errors.map(({ message }) => ({
        where: `${stack.path}: pulumi.log.error`,
        found: message,
        expected: 'a program that logs no error: the engine stops there',
        remedy: 'mend what the message says',
      })),
    };
  } catch (error) {
    if (error instanceof ProblemsError) return error;
    return { problems: [errorProblem(`the program of ${stack.path}`, error, stack)] };
  } finally {
    process.chdir(folder);
    if (context === undefined) Reflect.deleteProperty(process.env, CONTEXT_VARIABLE);
    else process.env[CONTEXT_VARIABLE] = context;
  }
}
