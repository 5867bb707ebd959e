#!/usr/bin/env node
import {
  findWorkspaceRoot,
  readWorkspace,
  type Role,
  ROLES,
  type Stack,
  type Workspace,
} from '@mcp-stacks/workspace';
import { ProblemsError } from '@mcp-stacks/problem';
import { Command, Option } from 'commander';
import { listAffected } from './affected/list-affected.js';
import { doctor } from './doctor.js';
import { githubKubeconfig, type GithubKubeconfigOptions } from './issue/github-kubeconfig.js';
import { issueKubeconfig } from './issue/issue-kubeconfig.js';
import { OPERATIONS, type Operation } from './operation.js';
import { installPlugins } from './prerequisites/install-plugins.js';
import { restartStack } from './restart/restart-stack.js';
import { runChain } from './run-chain.js';
import { runPulumiCommand } from './run-pulumi-command.js';
import { runStack } from './run-stack.js';
import { selectStacks } from './select-stacks.js';

interface TargetOptions {
  readonly env: string;
  readonly yes?: true;
  readonly context?: string;
  /** Only of `up`. */
  readonly health?: boolean;
  readonly bearerEnv?: readonly string[];
  readonly json?: string;
}

interface ChainTargetOptions extends TargetOptions {
  readonly stacks?: string;
  readonly role?: Role;
  readonly affected?: true;
  readonly base?: string;
}

interface KubeconfigOptions extends TargetOptions {
  readonly account: string;
  readonly duration: string;
  readonly audience?: string[];
  readonly output?: string;
}

const CONTEXT_HELP =
  'kubeconfig context to act on; else the config names it, or it is the local test cluster';

const [STACKS_OPTION, STACKS_HELP] = ['--stacks <names>', 'only these, comma separated'] as const;

const descriptions: Record<Operation, string> = {
  preview: 'show what up would change',
  up: 'deploy',
  refresh: 'take what the cluster has over into the state',
  drift: 'find what was changed in the cluster behind our back; changes nothing, fails where there is drift',
  destroy: 'delete all that was deployed',
};

const program = new Command('engine')
  .description('Drives the Pulumi CLI: one stack, or the chain in order.')
  .showHelpAfterError();

for (const operation of OPERATIONS) {
  withTarget(program.command(`${operation} <stack> [pulumiArguments...]`), operation, '--json <file>')
    .description(`${descriptions[operation]}: this stack alone`)
    .action(async (stack: string, extraArguments: string[], options: TargetOptions) => {
      const workspace = openWorkspace();
      process.exitCode = await runStack(workspace, stackNamed(workspace, stack), operation, {
        ...runOptions(options),
        extraArguments,
      });
    });
}

const chain = program
  .command('chain')
  .description('one of the above over all stacks, in order (destroy: in reverse)');
for (const operation of OPERATIONS) {
  const command = withTarget(chain.command(`${operation} [pulumiArguments...]`), operation, '--json <folder>')
    .description(descriptions[operation])
    .option(STACKS_OPTION, STACKS_HELP)
    .addOption(new Option('--role <role>', 'only the stacks that this one deploys').choices(ROLES));
  if (operation === 'up' || operation === 'preview') {
    command.option('--affected', 'only what changed since its last successful deployment');
  }
  if (operation === 'preview') command.addOption(baseOption().implies({ affected: true }));
  command.action(async (extraArguments: string[], options: ChainTargetOptions) => {
    process.exitCode = await runChain(openWorkspace(), operation, {
      ...runOptions(options),
      extraArguments,
      stacks: namesIn(options.stacks),
      role: options.role,
      affected: options.affected,
      base: options.base,
    });
  });
}

chain
  .command('affected')
  .description('list by role what changed since its last successful deployment, and why')
  .requiredOption('--env <environment>', 'environment of environments.yaml')
  .option(STACKS_OPTION, STACKS_HELP)
  .addOption(baseOption())
  .action(async (options: ChainTargetOptions) => {
    const workspace = openWorkspace();
    const stacks = selectStacks(workspace, options.env, namesIn(options.stacks));
    process.exitCode = await listAffected(workspace, stacks, {
      environment: options.env,
      base: options.base,
    });
  });

program
  .command('pulumi <stack> <pulumiArguments...>')
  .description(
    'any Pulumi command for a stack: engine pulumi github-mcp --env dev -- config set --secret key',
  )
  .requiredOption('--env <environment>', 'environment of environments.yaml')
  .option('--context <name>', 'kubeconfig context to act on')
  .action(async (stack: string, args: string[], options: TargetOptions) => {
    const workspace = openWorkspace();
    process.exitCode = await runPulumiCommand(workspace, stackNamed(workspace, stack), args, {
      environment: options.env,
      context: options.context,
    });
  });

program
  .command('restart <stack>')
  .description('replace all pods of this stack: for a Secret from outside that has changed')
  .requiredOption('--env <environment>', 'environment of environments.yaml')
  .option('--context <name>', CONTEXT_HELP)
  .option('-y, --yes', 'do not ask')
  .action(async (stack: string, options: TargetOptions) => {
    const workspace = openWorkspace();
    process.exitCode = await restartStack(workspace, stackNamed(workspace, stack), runOptions(options));
  });

program
  .command('kubeconfig <stack>')
  .description('issue a kubeconfig for a ServiceAccount of this stack, with a token that expires')
  .requiredOption('--env <environment>', 'environment of environments.yaml')
  .option('--context <name>', `an administrator's ${CONTEXT_HELP}`)
  .option('--account <name>', 'name of the ServiceAccount', 'deployer')
  .option('--duration <time>', 'lifetime of the token, at least 10m', '1h')
  .option('--audience <name...>', 'who the token is for; the API server, if none is named')
  .option('--output <file>', '- for standard output; else a file below .pulumi-local/, which git ignores')
  .action(async (stack: string, options: KubeconfigOptions) => {
    const workspace = openWorkspace();
    process.exitCode = await issueKubeconfig(workspace, stackNamed(workspace, stack), {
      ...options,
      environment: options.env,
      audiences: options.audience ?? [],
    });
  });

program
  .command('github-kubeconfig')
  .description('write a kubeconfig with the identity of the GitHub Actions job that this runs in')
  .requiredOption('--server <url>', 'the API server')
  .requiredOption('--certificate-authority-data <base64>', 'its certificate authority, as in a kubeconfig')
  .requiredOption('--audience <name>', 'who the token is for: what the API server accepts')
  .requiredOption('--output <file>', 'the file to write')
  .action(async (options: GithubKubeconfigOptions) => {
    process.exitCode = await githubKubeconfig(options, process.env);
  });

program
  .command('plugins')
  .description('install the provider plugins that the stacks need, at the versions of their SDKs')
  .action(() => {
    process.exitCode = installPlugins(openWorkspace(), process.env);
  });

program
  .command('doctor')
  .description('what is there, what is missing, and how to get it')
  .option('--env <environment>', 'also look at backend and cluster of this environment')
  .option('--context <name>', CONTEXT_HELP)
  .action((options: { readonly env?: string; readonly context?: string }) => {
    process.exitCode = doctor(openWorkspace(), { ...options, shell: process.env });
  });

function withTarget(command: Command, operation: Operation, json: string): Command {
  command
    .requiredOption('--env <environment>', 'environment of environments.yaml')
    .option('--context <name>', CONTEXT_HELP);
  if (operation !== 'preview' && operation !== 'drift') command.option('-y, --yes', 'do not ask');
  if (operation === 'up') {
    command
      .option('--no-health', 'do not ask the servers afterwards what they offer')
      .option(
        '--bearer-env <server=variable>',
        'environment variable with the bearer token to ask a server with; may be repeated',
        (value: string, before: readonly string[]) => [...before, value],
        [],
      );
  }
  if (operation === 'preview') command.option(json, 'also write what would be done as JSON, without values');
  return command;
}

function baseOption(): Option {
  return new Option('--base <revision>', 'what changed since the history left this git revision instead');
}

function namesIn(list: string | undefined): string[] | undefined {
  return list?.split(',').map((name) => name.trim());
}

function openWorkspace(): Workspace {
  return readWorkspace(findWorkspaceRoot(process.cwd()));
}

function stackNamed(workspace: Workspace, name: string): Stack {
  const [stack] = selectStacks(workspace, '', [name]);
  if (stack === undefined) throw new Error(`no stack ${name}`);
  return stack;
}

function runOptions({ env, context, yes, json, health = true, bearerEnv = [] }: TargetOptions) {
  return { environment: env, context, yes: yes === true, json, after: { health, bearerEnv } };
}

program.parseAsync().catch((error: unknown) => {
  // Ctrl-C at our question.
  if (error instanceof Error && error.name === 'ExitPromptError') {
    process.exitCode = 130;
    return;
  }
  const isForUser = error instanceof ProblemsError;
  console.error(
    isForUser ? error.message : `engine: ${error instanceof Error ? error.message : String(error)}`,
  );
  process.exitCode = 1;
});
