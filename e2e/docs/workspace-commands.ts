import { readWorkspace } from '@mcp-stacks/workspace';
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What a command of one of our programs takes, read from what it prints as its help. */
export interface CommandHelp {
  /** With the dashes, as `--env`. */
  readonly options: ReadonlySet<string>;
  readonly subcommands: ReadonlySet<string>;
  /** The one of them that runs where none is named. */
  readonly defaultCommand?: string | undefined;
  /** The arguments by the names in its first line, as `stack`. */
  readonly arguments: readonly string[];
}

interface PackageJson {
  readonly name?: string;
  readonly scripts?: Readonly<Record<string, string>>;
  readonly bin?: Readonly<Record<string, string>>;
}

interface Schema {
  readonly properties: Readonly<Record<string, unknown>>;
}

/** All that a command in a document can name, read from the workspace itself. */
export class WorkspaceCommands {
  readonly stacks: readonly string[];
  readonly environments: readonly string[];
  /** npm's scripts by the package's name; the root's under the empty name. */
  readonly scripts: ReadonlyMap<string, readonly string[]>;
  /** Nx's targets by project. */
  readonly targets: ReadonlyMap<string, readonly string[]>;
  /** The options of each generator, as `@mcp-stacks/nx-pulumi:mcp-stack`. */
  readonly generators: ReadonlyMap<string, readonly string[]>;
  /** The programs that packages of this workspace bring. */
  readonly programs: ReadonlySet<string>;
  readonly #help = new Map<string, CommandHelp>();

  constructor(readonly root: string) {
    const workspace = readWorkspace(root);
    this.stacks = workspace.stacks.map(({ name }) => name);
    this.environments = [...workspace.environments.keys()];
    const rootPackage = this.#json('package.json') as PackageJson;
    const folders = ['libs', 'stacks', 'tools']
      .flatMap((group) => readdirSync(join(root, group)).map((name) => join(group, name)))
      .concat('e2e', 'bench')
      .filter((folder) => existsSync(join(root, folder, 'package.json')));
    const packages = folders.map((folder) => this.#json(join(folder, 'package.json')) as PackageJson);
    this.scripts = new Map([
      ['', Object.keys(rootPackage.scripts ?? {})],
      ...folders.map(
        (folder, index) => [folder, Object.keys(packages[index]?.scripts ?? {})] as [string, string[]],
      ),
    ]);
    this.programs = new Set(packages.flatMap(({ bin = {} }) => Object.keys(bin)));
    this.targets = this.#targets();
    const { generators } = this.#json('tools/nx-pulumi/generators.json') as {
      generators: Readonly<Record<string, { schema: string }>>;
    };
    this.generators = new Map(
      Object.entries(generators).map(([name, { schema }]) => [
        `@mcp-stacks/nx-pulumi:${name}`,
        Object.keys((this.#json(join('tools/nx-pulumi', schema)) as Schema).properties),
      ]),
    );
  }

  /** Whether npm has linked a program of that name. */
  isInstalled(program: string): boolean {
    return existsSync(join(this.root, 'node_modules/.bin', program));
  }

  /** What `program subcommand… --help` says. @throws Error where the program does not know the subcommand or is not built */
  help(program: string, subcommands: readonly string[]): CommandHelp {
    const key = [program, ...subcommands].join(' ');
    const known = this.#help.get(key);
    if (known !== undefined) return known;
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      [join(this.root, 'node_modules/.bin', program), ...subcommands, '--help'],
      { cwd: this.root, encoding: 'utf8', env: { ...process.env, NO_COLOR: '1', COLUMNS: '200' } },
    );
    if (status !== 0) throw new Error(`${key} --help: exit code ${String(status)}\n${stdout}${stderr}`);
    const [usage = '', ...rest] = stdout.split('\n');
    const listed = rest.join('\n').split(/^Commands:$/m)[1] ?? '';
    const help: CommandHelp = {
      options: new Set(stdout.match(/(?<=^\s+|, )--?[a-z][a-z-]*/gm)),
      subcommands: new Set(listed.match(/(?<=^ {2})[a-z][a-z-]*/gm)),
      defaultCommand: /^ {2}([a-z][a-z-]*)(?: .*\n(?: {4,}.*\n)*? *)?.*\(default command\)/m.exec(
        listed,
      )?.[1],
      arguments: [...usage.matchAll(/[<[]([\w-]+?)(?:\.\.\.)?[>\]]/g)]
        .map(([, name = '']) => name)
        .filter((name) => name !== 'options' && name !== 'command'),
    };
    this.#help.set(key, help);
    return help;
  }

  #targets(): ReadonlyMap<string, readonly string[]> {
    const folder = mkdtempSync(join(tmpdir(), 'docs-'));
    const file = join(folder, 'graph.json');
    // The variables of the Nx that runs this test would make the inner one believe to be part of it.
    const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith('NX_'));
    execFileSync(process.execPath, [join(this.root, 'node_modules/.bin/nx'), 'graph', `--file=${file}`], {
      cwd: this.root,
      env: { ...Object.fromEntries(inherited), NX_DAEMON: 'false' },
    });
    const { graph } = JSON.parse(readFileSync(file, 'utf8')) as {
      readonly graph: {
        readonly nodes: Readonly<Record<string, { data: { targets: Readonly<Record<string, unknown>> } }>>;
      };
    };
    rmSync(folder, { recursive: true });
    return new Map(Object.entries(graph.nodes).map(([name, { data }]) => [name, Object.keys(data.targets)]));
  }

  #json(file: string): unknown {
    return JSON.parse(readFileSync(join(this.root, file), 'utf8'));
  }
}
