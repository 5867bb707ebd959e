import { ProblemsError } from '@mcp-stacks/problem';
import { findWorkspaceRoot } from '@mcp-stacks/workspace';
import { Command, InvalidArgumentError, Option } from 'commander';
import { GROUP_NAMES, type GroupName } from './contestant.js';
import { acceptCounts } from './recorded-counts.js';
import { runBench } from './run-bench.js';

const program = new Command('bench')
  .description(
    'Measures the preview beside others that make the same objects, by turns, and says what came of it.\n' +
      'A whole run writes docs/benchmarks.md; every run writes dist/bench/results.json.',
  )
  .addOption(new Option('--only <names...>', 'these groups of contestants only').choices(GROUP_NAMES))
  .option('--rounds <number>', 'measurements of each contestant', positiveInteger, 5)
  .option('--docs', 'write docs/benchmarks.md even after a run with --only')
  .action(async ({ only, ...options }: { only?: GroupName[]; rounds: number; docs?: true }) => {
    await runBench({
      root: findWorkspaceRoot(process.cwd()),
      rounds: options.rounds,
      groups: only ?? GROUP_NAMES,
      writesDocs: only === undefined || options.docs === true,
    });
  });

program
  .command('accept')
  .description('Record in bench/counts.json what programs load and how often they call functions now.')
  .action(async () => {
    console.log(await acceptCounts(findWorkspaceRoot(process.cwd())));
  });

program.parseAsync().catch((error: unknown) => {
  console.error(error instanceof ProblemsError ? error.message : error);
  process.exitCode = 1;
});

function positiveInteger(text: string): number {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 1)
    throw new InvalidArgumentError('It is not a positive integer.');
  return number;
}
