import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { Action, Step, Workflow } from './workflow.js';

/** Programs of a GitHub runner and of every laptop. */
const EVERYWHERE = new Set(['cat', 'echo', 'gh', 'git', 'install', 'mkdir', 'printenv', 'rm', 'tee']);

/** Commands of the workflows that do not exist: a script, target, program, subcommand or option that is not there. */
export function commandProblems(
  root: string,
  files: Readonly<Record<string, string>>,
  targets: ReadonlySet<string>,
): string[] {
  return Object.entries(files).flatMap(([path, text]) =>
    stepsIn(path, text)
      .flatMap(({ run }) => (run === undefined ? [] : run.split(/&&|\||\n/)))
      .map(words)
      .flatMap((command) => {
        const problem = problemOf(root, command, targets);
        return problem === undefined ? [] : [`${path}: ${command.join(' ')}: ${problem}`];
      }),
  );
}

function stepsIn(path: string, text: string): readonly Step[] {
  if (!path.includes('/workflows/')) return (parse(text) as Action).runs.steps;
  return Object.values((parse(text) as Workflow).jobs).flatMap(({ steps = [] }) => steps);
}

/** Without variables set before it and redirections; a quoted text counts as a word. */
function words(command: string): string[] {
  const found = command.trim().match(/(?:"[^"]*"|[^\s"])+/g) ?? [];
  const start = found.findIndex((word) => !/^\w+=/.test(word));
  const end = found.findIndex((word) => word.startsWith('>'));
  return found.slice(start, end === -1 ? undefined : end);
}

function problemOf(
  root: string,
  [program = '', ...rest]: readonly string[],
  targets: ReadonlySet<string>,
): string | undefined {
  if (program === '.github/summarize.sh')
    return executableProblem(root, program) ?? problemOf(root, rest, targets);
  if (program.startsWith('.github/')) return executableProblem(root, program);
  if (program === 'npm') return npmProblem(root, rest);
  if (program === 'npx') return npxProblem(root, rest, targets);
  return EVERYWHERE.has(program) ? undefined : 'neither of this workspace nor on every machine';
}

function executableProblem(root: string, file: string): string | undefined {
  try {
    accessSync(join(root, file), constants.X_OK);
    return undefined;
  } catch {
    return 'no such program';
  }
}

function npmProblem(root: string, [verb = '', script = '']: readonly string[]): string | undefined {
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    scripts: Record<string, string>;
  };
  if (verb === 'ci') return undefined;
  const name = verb === 'run' ? script : verb;
  return name in scripts ? undefined : `no script ${name} in package.json`;
}

function npxProblem(
  root: string,
  [program = '', ...rest]: readonly string[],
  targets: ReadonlySet<string>,
): string | undefined {
  if (!existsSync(join(root, 'node_modules/.bin', program))) return `no program ${program}`;
  if (program === 'nx') {
    const named = rest.includes('-t')
      ? rest.slice(rest.indexOf('-t') + 1).filter((word) => !word.startsWith('-'))
      : [];
    const unknown = named.filter((target) => !targets.has(target));
    return unknown.length === 0 ? undefined : `no target ${unknown.join(', ')}`;
  }
  const first = rest.findIndex((word) => word.startsWith('-'));
  const subcommand = rest
    .slice(0, first === -1 ? undefined : first)
    .filter((word) => !/^["$]|-rbac$/.test(word));
  const { status, stdout, stderr } = spawnSync('npx', [program, ...subcommand, '--help'], {
    cwd: root,
    encoding: 'utf8',
  });
  if (status !== 0) return `no such command: ${stderr.trim()}`;
  const usage = /^Usage: (.*)$/m.exec(stdout)?.[1] ?? '';
  if (!usage.startsWith([program, ...subcommand].join(' '))) return `no such command, only: ${usage}`;
  const unknown = rest.filter((word) => word.startsWith('--') && !new RegExp(`${word}\\b`).test(stdout));
  return unknown.length === 0 ? undefined : `no option ${unknown.join(', ')}`;
}
