import { ProblemsError } from '@mcp-stacks/problem';
import { findWorkspaceRoot } from '@mcp-stacks/workspace';
import { parseArgs } from 'node:util';
import pc from 'picocolors';
import type * as render from './index.js';

/** Widest table, in characters: a line of text is hard to follow beyond it. */
const MAX_COLUMNS = 100;

const HELP = `Usage: render [options]

Preview the whole chain of stacks: run their programs in order, check the manifests, write them to
dist/render/<environment>/<stack>.yaml. No engine, no cluster, no plugin, no passphrase.

Options:
  --env <names>    environments, separated by commas (default: all)
  --stack <names>  stacks; what they build on runs too (default: all)
  -h, --help       display help for command
`;

/**
 * Runs the command `render`.
 *
 * @param args The arguments after the program's name.
 * @returns The exit code: 1 where something is wrong, and then nothing was written.
 */
export async function runCommandLine(args: readonly string[]): Promise<number> {
  const options = readOptions(args);
  if (typeof options === 'string') {
    process.stderr.write(`error: ${options}\n\n${HELP}`);
    return 1;
  }
  if (options.help === true) {
    process.stdout.write(HELP);
    return 0;
  }
  const start = performance.now();
  // Loaded here: --help need not wait for Pulumi's SDK. Not by import(), which starts Node's second loader.
  const { ChainProblemsError, chainReport, FaultlessObjects, renderChain, writeManifests, writeSummaries } =
    // eslint-disable-next-line @typescript-eslint/no-require-imports
    require('./index.js') as typeof render;
  const faultless = FaultlessObjects.ofFormerRuns();
  try {
    const chain = await renderChain({
      root: findWorkspaceRoot(process.cwd()),
      ...(options.env !== undefined && { environments: names(options.env) }),
      ...(options.stack !== undefined && { stacks: names(options.stack) }),
      faultless,
      onEnvironment: ({ name, milliseconds }) => {
        if (process.stderr.isTTY) process.stderr.write(pc.dim(`${name}: ${Math.round(milliseconds)} ms\n`));
      },
    });
    const files = writeManifests(chain, faultless);
    writeSummaries(chain);
    const columns = Math.min(MAX_COLUMNS, process.stdout.columns || MAX_COLUMNS);
    process.stdout.write(
      `${chainReport(chain, { columns, colors: pc.isColorSupported && process.stdout.isTTY })}\n`,
    );
    const selected = chain.environments.flatMap(({ stacks }) => stacks.filter((one) => one.selected));
    const objects = selected.reduce((sum, { manifests }) => sum + manifests.length, 0);
    const stacks = new Set(selected.map((one) => one.stack.name)).size;
    const seconds = ((performance.now() - start) / 1000).toFixed(1);
    process.stdout.write(
      `rendered ${count(objects, 'object')} in ${count(stacks, 'stack')} × ` +
        `${count(chain.environments.length, 'environment')} (${count(files.length, 'file')}, ${seconds} s)\n`,
    );
    return 0;
  } catch (error) {
    if (!(error instanceof ProblemsError) && !(error instanceof ChainProblemsError)) throw error;
    process.stderr.write(`${error.message}\n\n${pc.red('Nothing was written.')}\n`);
    return 1;
  } finally {
    faultless.save();
  }
}

/** The options, or what is wrong with them. */
function readOptions(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        env: { type: 'string', multiple: true },
        stack: { type: 'string', multiple: true },
        help: { type: 'boolean', short: 'h' },
      },
    }).values;
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    return error.message;
  }
}

function names(lists: readonly string[]): readonly string[] {
  return lists.flatMap((list) => list.split(',')).filter((name) => name !== '');
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
