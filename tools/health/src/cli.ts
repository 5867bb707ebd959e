import { ProblemsError } from '@mcp-stacks/problem';
import { Command } from 'commander';
import { type CommandOptions, runHealth } from './run-health.js';

new Command('health')
  .description('Asks every deployed MCP server what it offers, and compares it with the last deploy.')
  .requiredOption('--env <environment>', 'environment of environments.yaml')
  .option('--stacks <names>', 'only the servers of these, comma separated')
  .option(
    '--context <name>',
    'kubeconfig context to act on; else the config names it, or it is the local test cluster',
  )
  .option(
    '--bearer-env <server=variable>',
    'environment variable with the bearer token of a server; may be repeated',
    (value: string, before: readonly string[]) => [...before, value],
    [],
  )
  .option('--record', 'compare with this list the next time')
  .option('--json <file>', 'write all that was found')
  .option('--markdown <file>', 'write it for a comment')
  .showHelpAfterError()
  .action(async (options: CommandOptions) => {
    process.exitCode = await runHealth(options);
  })
  .parseAsync()
  .catch((error: unknown) => {
    const isForUser = error instanceof ProblemsError || (error as Error).name === 'ChainProblemsError';
    const { message } = error as Error;
    console.error(isForUser ? message : `health: ${message}`);
    process.exitCode = 1;
  });
