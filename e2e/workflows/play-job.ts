import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import { type Contexts, expand, holds } from './expression.js';
import { type PlayedCommand, runCommand } from './run-command.js';
import type { Action, Step, Variables, Workflow } from './workflow.js';

/** What to play through, and what GitHub would know there. */
export interface Play {
  /** The folder of the workflows' repository. */
  readonly repository: string;
  /** The file in `.github/workflows`. */
  readonly workflow: string;
  readonly job: string;
  /** Where the commands run. */
  readonly folder: string;
  readonly contexts: Contexts;
  /** Actions that are left out: what they would do is done. Those of others always are. */
  readonly without?: readonly string[];
  /** Hears of each command before it runs. */
  readonly onCommand?: (command: string) => void;
}

/** What became of a job. */
export interface PlayedJob {
  readonly commands: readonly PlayedCommand[];
  /** Of the last command: the first that failed is the last. */
  readonly code: number | null;
  /** All that was printed. */
  readonly output: string;
  /** What the steps wrote to `GITHUB_OUTPUT`, `GITHUB_ENV` and `GITHUB_STEP_SUMMARY`. */
  readonly outputs: Variables;
  readonly variables: Variables;
  readonly summary: string;
}

/** Runs the commands of a job, in order and out of the workflow itself, as GitHub would run them. */
export function playJob(play: Play): PlayedJob {
  const text = readFileSync(join(play.repository, '.github/workflows', play.workflow), 'utf8');
  const workflow = parse(text) as Workflow;
  const job = workflow.jobs[play.job];
  if (job?.steps === undefined) throw new Error(`${play.workflow} has no job ${play.job} with steps`);

  const temporary = mkdtempSync(join(tmpdir(), 'runner-'));
  try {
    const files = Object.fromEntries(
      ['GITHUB_ENV', 'GITHUB_OUTPUT', 'GITHUB_STEP_SUMMARY'].map((name) => [name, join(temporary, name)]),
    );
    for (const file of Object.values(files)) writeFileSync(file, '');
    const read = (name: string) => readFileSync(files[name] ?? '', 'utf8');
    const fixed = { ...files, CI: 'true', GITHUB_ACTIONS: 'true', RUNNER_TEMP: temporary, NO_COLOR: '1' };
    const commands: PlayedCommand[] = [];

    const runSteps = (steps: readonly Step[], contexts: Contexts, outer: Variables): boolean =>
      steps.every((step) => {
        if (!holds(step.if, contexts)) return true;
        if (step.uses !== undefined) {
          if (!step.uses.startsWith('./') || play.without?.includes(step.uses) === true) return true;
          return runSteps(...actionOf(play.repository, step, contexts), outer);
        }
        const command = step.run ?? '';
        play.onCommand?.(command);
        const own = expandAll({ ...outer, ...step.env }, contexts);
        const ran = runCommand(command, play.folder, {
          ...own,
          ...fixed,
          ...assignments(read('GITHUB_ENV')),
        });
        commands.push(ran);
        return ran.code === 0;
      });
    runSteps(job.steps, play.contexts, { ...workflow.env, ...job.env });

    return {
      commands,
      code: commands.at(-1)?.code ?? null,
      output: commands.map(({ output }) => output).join(''),
      outputs: assignments(read('GITHUB_OUTPUT')),
      variables: assignments(read('GITHUB_ENV')),
      summary: read('GITHUB_STEP_SUMMARY'),
    };
  } finally {
    rmSync(temporary, { recursive: true });
  }
}

/** The steps of an action of this repository, and what they may name. */
function actionOf(repository: string, step: Step, contexts: Contexts): [readonly Step[], Contexts] {
  const action = parse(readFileSync(join(repository, step.uses ?? '', 'action.yml'), 'utf8')) as Action & {
    readonly inputs?: Readonly<Record<string, { readonly default?: string }>>;
  };
  const defaults = Object.entries(action.inputs ?? {}).map(([name, input]) => [name, input.default ?? '']);
  const given = Object.entries(step.with ?? {}).map(([name, value]) => [
    name,
    expand(String(value), contexts),
  ]);
  return [
    action.runs.steps,
    { ...contexts, inputs: Object.fromEntries([...defaults, ...given]) as Variables },
  ];
}

function expandAll(variables: Variables, contexts: Contexts): Variables {
  return Object.fromEntries(
    Object.entries(variables).map(([name, value]) => [name, expand(value, contexts)]),
  );
}

function assignments(text: string): Variables {
  return Object.fromEntries(
    [...text.matchAll(/^(\w+)=(.*)$/gm)].map(([, name = '', value = '']) => [name, value]),
  );
}
