import { readWorkspace, type Stack } from '@mcp-stacks/workspace';
import { copyStacks } from '@mcp-stacks/workspace/copy-stacks';
import { existsSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import { RENDER } from '../reference.js';
import { runProcess } from '../run/run-process.js';
import { writeFiles } from '../write-files.js';
import { LOADED_FOLDER, type LoadedModule } from './loaded-module.js';
import { type StackRun } from './run-stack.js';

/** What each program loads, by what is run. */
export type LoadedByScenario = ReadonlyMap<string, readonly LoadedModule[]>;

/** The compiled files that run in the measured processes. */
const DIST = join(__dirname, '..', '..', 'dist', 'loaded');
const RECORD_LOADED = join(DIST, 'record-loaded.js');
const ENVIRONMENT = 'dev';

/**
 * Runs what is watched in processes of their own: the help and the whole chain of `render`, first without
 * what a former run kept, and each stack's program
 * until its first resource.
 *
 * @param root This workspace, whose programs are built.
 */
export async function measureLoaded(root: string): Promise<LoadedByScenario> {
  const temporary = realpathSync(mkdtempSync(join(tmpdir(), 'mcp-stacks-loaded-')));
  try {
    const workspace = join(temporary, 'workspace');
    copyStacks(root, workspace, { linkPrograms: true, linkPackages: true });
    const loaded = new Map<string, readonly LoadedModule[]>();
    const measure = async (scenario: string, ...args: readonly string[]): Promise<string> => {
      const folder = join(temporary, `loaded-${loaded.size}`);
      const { stdout } = await runProcess({
        program: process.execPath,
        args: ['--require', RECORD_LOADED, ...args],
        cwd: workspace,
        env: {
          NODE_DISABLE_COMPILE_CACHE: '1',
          // Stacks want the name of a cluster; nobody ever connects to it.
          MCP_STACKS_CONTEXT: 'nowhere',
          MCP_STACKS_CACHE: join(temporary, 'cache'),
          [LOADED_FOLDER]: folder,
        },
      });
      loaded.set(scenario, readLoaded(folder));
      return stdout;
    };
    await measure('render --help', join(root, RENDER), '--help');
    await measure('render, first run', join(root, RENDER));
    await measure('render', join(root, RENDER));
    const stackOutputs: Record<string, Record<string, unknown>> = {};
    for (const stack of readWorkspace(root).stacks) {
      const run: StackRun = {
        main: stack.main,
        project: stack.name,
        stack: ENVIRONMENT,
        config: configOf(stack),
        stackOutputs,
      };
      writeFiles(temporary, [['run.json', JSON.stringify(run)]]);
      const scenario = `${stack.name} until its first resource`;
      const outputs = await measure(scenario, join(DIST, 'run-stack.js'), join(temporary, 'run.json'));
      stackOutputs[`organization/${stack.name}/${ENVIRONMENT}`] = JSON.parse(outputs) as Record<
        string,
        unknown
      >;
    }
    return loaded;
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
}

/** The modules of all processes and threads of a run, but for the harness itself. */
function readLoaded(folder: string): readonly LoadedModule[] {
  return readdirSync(folder)
    .flatMap((file) => JSON.parse(readFileSync(join(folder, file), 'utf8')) as LoadedModule[])
    .filter(({ file }) => !file.startsWith(DIST));
}

/** The configuration as the engine hands it over: text, or JSON text. */
function configOf(stack: Stack): Readonly<Record<string, string>> {
  const file = join(stack.folder, `Pulumi.${ENVIRONMENT}.yaml`);
  if (!existsSync(file)) throw new Error(`${file} is missing: it is what this stack is measured with`);
  const { config } = parse(readFileSync(file, 'utf8')) as {
    readonly config?: Readonly<Record<string, unknown>>;
  };
  return Object.fromEntries(
    Object.entries(config ?? {}).map(([key, value]) => [
      key,
      typeof value === 'string' ? value : JSON.stringify(value),
    ]),
  );
}
