import type { Problem } from '@mcp-stacks/problem';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { MarkdownFile } from './markdown-file.js';
import { shellCommands } from './shell-commands.js';
import type { WorkspaceCommands } from './workspace-commands.js';

/** Programs from elsewhere, which this repository cannot vouch for. */
const OUTSIDE = new Set(
  'actionlint base64 cat cd chmod cosign cp curl docker echo export gh git grep helm jq kind kubectl ls mkdir node nvm openssl printf pulumi read rm sleep sort sudo tar unset'.split(
    ' ',
  ),
);

/** What npm does by itself. */
const NPM = new Set('audit ci config exec install login pack publish version view'.split(' '));

/** What of Nx needs no project. */
const NX = new Set('format:check graph list migrate release repair reset show sync sync:check'.split(' '));

/** Every command of a file that does not exist: in ```sh blocks, and in the text where one begins with npx or npm. */
export function commandProblems(file: MarkdownFile, workspace: WorkspaceCommands): readonly Problem[] {
  const scripts = file.blocks.filter(({ language }) => ['sh', 'bash', 'shell'].includes(language));
  const inText = file.code.filter(({ text }) => /^(npx|npm) /.test(text));
  const commands = [...scripts, ...inText].flatMap(shellCommands);
  const made = new Set(commands.flatMap(({ words }) => stackMadeBy(words) ?? []));
  return commands.flatMap(({ words, line }) =>
    mistakesOf(
      words.map((word) => withoutMade(word, made)),
      workspace,
    ).map((mistake) => ({
      where: `${file.path}:${String(line)}, ${words.join(' ')}`,
      ...mistake,
    })),
  );
}

/** Stands for a stack that an earlier command of the same file makes. */
const PLACEHOLDER = '<stack>';

function stackMadeBy(words: readonly string[]): string | undefined {
  const generator = words.indexOf('@mcp-stacks/nx-pulumi:mcp-stack');
  return generator < 0 ? undefined : words[generator + 1];
}

/** The word with a placeholder for each of the stacks: of a list, of a task (`stack:target`). */
function withoutMade(word: string, stacks: ReadonlySet<string>): string {
  return word
    .split(',')
    .map((one) => (stacks.has(one.split(':')[0] ?? '') ? PLACEHOLDER : one))
    .join(',');
}

type Mistake = Omit<Problem, 'where'>;

function mistakesOf(words: readonly string[], workspace: WorkspaceCommands): readonly Mistake[] {
  const [program = '', ...rest] = words;
  switch (program) {
    case 'npm':
      return npmMistakes(rest, workspace);
    case 'npx':
      return npxMistakes(
        rest.filter((word) => !['--no', '--no-install', '-y'].includes(word)),
        workspace,
      );
    case 'node':
      return rest[0] === undefined || rest[0].startsWith('-') || existsSync(join(workspace.root, rest[0]))
        ? []
        : [missing(`no file ${rest[0]}`, 'a file of this repository')];
    default:
      if (OUTSIDE.has(program) || isPlaceholder(program)) return [];
      if (program.includes('/') && existsSync(join(workspace.root, program))) return [];
      return [
        missing(
          `the program ${program}`,
          workspace.isInstalled(program)
            ? `npx ${program}`
            : 'a program that this repository has or knows of',
        ),
      ];
  }
}

function npmMistakes(words: readonly string[], workspace: WorkspaceCommands): readonly Mistake[] {
  const flag = words.findIndex((word) => word === '--workspace' || word === '-w');
  const project = flag < 0 ? '' : (words[flag + 1] ?? '');
  const [command = '', script] = words.filter(
    (word, index) => !word.startsWith('-') && (flag < 0 || index !== flag + 1),
  );
  const name = command === 'run' ? script : ['start', 'test'].includes(command) ? command : undefined;
  if (name === undefined) return NPM.has(command) ? [] : [missing(`npm ${command}`, 'npm run <script>')];
  const scripts = workspace.scripts.get(project);
  if (scripts === undefined)
    return [missing(`no workspace ${project}`, oneOf([...workspace.scripts.keys()]))];
  return scripts.includes(name) || isPlaceholder(name)
    ? []
    : [missing(`no script ${name}`, oneOf(scripts), project === '' ? 'package.json' : project)];
}

function npxMistakes(
  [program = '', ...words]: readonly string[],
  workspace: WorkspaceCommands,
): readonly Mistake[] {
  if (program === 'nx') return nxMistakes(words, workspace);
  if (workspace.programs.has(program)) return programMistakes(program, words, workspace);
  return workspace.isInstalled(program) || program.includes('@')
    ? []
    : [missing(`no program ${program}`, oneOf([...workspace.programs]))];
}

function nxMistakes(
  [command = '', ...words]: readonly string[],
  workspace: WorkspaceCommands,
): readonly Mistake[] {
  if (NX.has(command)) return [];
  if (command === 'g' || command === 'generate') return generatorMistakes(words, workspace);
  if (command === 'run') {
    const [task = ''] = words;
    const [project = '', target = ''] = task.split(':');
    if (isPlaceholder(project)) return [];
    const targets = workspace.targets.get(project);
    if (targets === undefined)
      return [missing(`no project ${project}`, oneOf([...workspace.targets.keys()]))];
    const configuration = valueOf(words, ['-c', '--configuration']);
    return [
      ...(targets.includes(target) || isPlaceholder(target)
        ? []
        : [missing(`no target ${target} of ${project}`, oneOf(targets))]),
      ...environmentMistakes(configuration, workspace),
    ];
  }
  if (command === 'run-many' || command === 'affected') {
    const all = new Set([...workspace.targets.values()].flat());
    const from = words.findIndex((word) => ['-t', '--target', '--targets'].includes(word));
    const targets = from < 0 ? [] : words.slice(from + 1);
    const end = targets.findIndex((word) => word.startsWith('-'));
    return (end < 0 ? targets : targets.slice(0, end))
      .flatMap((word) => word.split(','))
      .filter((target) => !all.has(target) && !isPlaceholder(target))
      .map((target) => missing(`no target ${target}`, oneOf([...all].sort())));
  }
  // nx build k8s-app
  const targets = workspace.targets.get(words[0] ?? '');
  return targets?.includes(command) === true
    ? []
    : [missing(`nx ${command} ${words[0] ?? ''}`, 'nx run <project>:<target>')];
}

function generatorMistakes(
  [generator = '', ...words]: readonly string[],
  workspace: WorkspaceCommands,
): readonly Mistake[] {
  const options = workspace.generators.get(generator);
  if (options === undefined)
    return [missing(`no generator ${generator}`, oneOf([...workspace.generators.keys()]))];
  return words
    .filter((word) => word.startsWith('--') && word !== '--dry-run')
    .map((word) => word.slice(2).split('=')[0] ?? '')
    .filter((option) => !options.includes(option))
    .map((option) => missing(`no option --${option}`, oneOf(options.map((one) => `--${one}`))));
}

/** A command of one of this workspace's programs, by what the program itself says in its help. */
function programMistakes(
  program: string,
  words: readonly string[],
  workspace: WorkspaceCommands,
): readonly Mistake[] {
  const end = words.indexOf('--');
  const own = end < 0 ? words : words.slice(0, end);
  const path: string[] = [];
  let help = workspace.help(program, path);
  if (
    help.defaultCommand !== undefined &&
    !help.subcommands.has(own[0] ?? '') &&
    !help.options.has(own[0] ?? '')
  ) {
    path.push(help.defaultCommand);
    help = workspace.help(program, path);
  }
  let position = 0;
  const mistakes: Mistake[] = [];
  for (let index = 0; index < own.length; index += 1) {
    const word = own[index] ?? '';
    if (word.startsWith('-')) {
      const [option = '', given] = word.split('=');
      if (!help.options.has(option)) {
        mistakes.push(
          missing(`no option ${option} of ${[program, ...path].join(' ')}`, oneOf([...help.options])),
        );
      }
      const value = given ?? own[index + 1];
      if (
        ['--env', '--stack', '--stacks', '--context', '--duration', '--output'].includes(option) &&
        given === undefined
      )
        index += 1;
      if (option === '--env') mistakes.push(...environmentMistakes(value, workspace));
      if (option === '--stack' || option === '--stacks') mistakes.push(...stackMistakes(value, workspace));
      continue;
    }
    if (help.subcommands.has(word)) {
      path.push(word);
      help = workspace.help(program, path);
      position = 0;
    } else if (help.subcommands.size > 0 && help.arguments.length === 0) {
      mistakes.push(
        missing(`no command ${[program, ...path, word].join(' ')}`, oneOf([...help.subcommands])),
      );
      break;
    } else {
      if (help.arguments[position] === 'stack') mistakes.push(...stackMistakes(word, workspace));
      position += 1;
    }
  }
  return mistakes;
}

function environmentMistakes(names: string | undefined, workspace: WorkspaceCommands): readonly Mistake[] {
  return (names ?? '')
    .split(',')
    .filter((name) => name !== '' && !isPlaceholder(name) && !workspace.environments.includes(name))
    .map((name) => missing(`no environment ${name}`, oneOf(workspace.environments)));
}

function stackMistakes(names: string | undefined, workspace: WorkspaceCommands): readonly Mistake[] {
  return (names ?? '')
    .split(',')
    .filter((name) => !isPlaceholder(name) && !workspace.stacks.includes(name))
    .map((name) => missing(`no stack ${name}`, oneOf(workspace.stacks)));
}

/** `<environment>`, `$ENVIRONMENT`, or left out by the writer. */
function isPlaceholder(word: string): boolean {
  return /[<>$…]/.test(word);
}

function valueOf(words: readonly string[], options: readonly string[]): string | undefined {
  const index = words.findIndex((word) => options.includes(word));
  return index < 0 ? undefined : words[index + 1];
}

function oneOf(names: readonly string[]): string {
  return `one of ${names.join(', ')}`;
}

function missing(found: string, expected: string, where = 'the command'): Mistake {
  return {
    found,
    expected,
    remedy: where === 'the command' ? 'correct the command' : `correct it, or add it to ${where}`,
  };
}
