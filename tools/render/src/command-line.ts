import { ProblemsError } from '@mcp-stacks/problem';
import { findWorkspaceRoot } from '@mcp-stacks/workspace';
import { Command } from 'commander';
import pc from 'picocolors';

/** Widest table, in characters: a line of text is hard to follow beyond it. */
const MAX_COLUMNS = 100;

/**
 * Runs the command `render`.
 *
 * @param args The arguments after the program's name.
 * @returns The exit code: 1 where something is wrong, and then nothing was written.
 */
export async function runCommandLine(args: readonly string[]): Promise<number> {
  const list = (value: string, former: readonly string[] | undefined): readonly string[] => [
    ...(former ?? []),
    ...value.split(',').filter((name) => name !== ''),
  ];
  const command = new Command('render')
    .description(
      'Preview the whole chain of stacks: run their programs in order, check the manifests, write them to\n' +
        'dist/render/<environment>/<stack>.yaml. No engine, no cluster, no plugin, no passphrase.',
    )
    .option('--env <names>', 'environments, separated by commas (default: all)', list)
    .option('--stack <names>', 'stacks; what they build on runs too (default: all)', list)
    .parse(args, { from: 'user' });
  const { env, stack } = command.opts<{ env?: readonly string[]; stack?: readonly string[] }>();

  const start = performance.now();
  // Loaded here: Pulumi's SDK takes most of a second, which --help need not wait for.
  const { ChainProblemsError, chainReport, renderChain, writeManifests } = await import('./index.js');
  try {
    const chain = await renderChain({
      root: findWorkspaceRoot(process.cwd()),
      ...(env !== undefined && { environments: env }),
      ...(stack !== undefined && { stacks: stack }),
      onEnvironment: ({ name, milliseconds }) => {
        if (process.stderr.isTTY) process.stderr.write(pc.dim(`${name}: ${Math.round(milliseconds)} ms\n`));
      },
    });
    const files = writeManifests(chain);
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
  }
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
