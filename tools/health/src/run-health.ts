import { connect, findCluster } from '@mcp-stacks/kube-context';
import { type Problem, ProblemsError } from '@mcp-stacks/problem';
import { type Environment, findWorkspaceRoot, readWorkspace, type Workspace } from '@mcp-stacks/workspace';
import { accessSync, constants, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import pc from 'picocolors';
import { checkHealth } from './check-health.js';
import { exitCode } from './exit-code.js';
import { readBearers } from './read-bearers.js';
import { renderedServers } from './rendered-servers.js';
import { healthMarkdown } from './report/health-markdown.js';
import { healthText } from './report/health-text.js';
import type { ServerHealth } from './server-health.js';
import type { ServerReference } from './server-reference.js';

/** What stood on the command line. */
export interface CommandOptions {
  readonly env: string;
  readonly stacks?: string;
  readonly context?: string;
  readonly bearerEnv: readonly string[];
  readonly record?: true;
  readonly json?: string;
  readonly markdown?: string;
}

/**
 * Runs the command `health`.
 *
 * @returns The exit code.
 * @throws ProblemsError for what is wrong with options, config or kubeconfig; then nobody was asked.
 */
export async function runHealth(options: CommandOptions): Promise<number> {
  const workspace = readWorkspace(findWorkspaceRoot(process.cwd()));
  const names = options.stacks?.split(',').map((name) => name.trim());
  const environment = readEnvironment(workspace, options.env, names);
  const bearers = readBearers(options.bearerEnv, process.env);
  const files = [options.json, options.markdown].filter((file) => file !== undefined);
  ProblemsError.throwIfAny('files to write', files.flatMap(fileProblems));

  const servers = await renderedServers(workspace.root, environment.name, names);
  ProblemsError.throwIfAny('servers', serverProblems(servers, [...bearers.keys()], environment.name));
  const clusters = new Map(
    workspace.stacks
      .filter(({ name }) => servers.some(({ stack }) => stack === name))
      .map((stack) => [
        stack.name,
        findCluster(stack, environment, { context: options.context, shell: process.env }),
      ]),
  );
  const checked = await Promise.all(
    [...clusters].map(async ([stack, { context: cluster, kubeconfig }]): Promise<readonly ServerHealth[]> => {
      const group = servers.filter((server) => server.stack === stack);
      const connection = await connect({ cluster, variables: { KUBECONFIG: kubeconfig } });
      return await checkHealth(connection, cluster, group, { bearers, record: options.record === true });
    }),
  );
  const all = checked.flat();
  const contexts = [
    ...new Set([...clusters.values()].map(({ context: { name, server } }) => `${name} (${server})`)),
  ];
  console.log(`MCP servers of ${environment.name} on ${contexts.join(', ')}\n`);
  console.log(healthText(all, { colors: pc.isColorSupported && process.stdout.isTTY }));
  if (options.json !== undefined) writeFileSync(options.json, `${JSON.stringify(all, undefined, 2)}\n`);
  if (options.markdown !== undefined) writeFileSync(options.markdown, healthMarkdown(all));
  return exitCode(all);
}

function readEnvironment(
  { environments, stacks }: Workspace,
  name: string,
  names: readonly string[] | undefined,
): Environment {
  const environment = environments.get(name);
  const known = stacks.filter((stack) => stack.environments.includes(name)).map((stack) => stack.name);
  const problems: Problem[] = (names ?? [])
    .filter((one) => !known.includes(one))
    .map((one) => ({
      where: '--stacks',
      found: one,
      expected: `of ${known.join(', ') || 'no stack at all'}`,
      remedy: 'correct the name',
    }));
  if (environment === undefined) {
    throw new ProblemsError('environment', [
      {
        where: '--env',
        found: name,
        expected: `one of ${[...environments.keys()].join(', ')}`,
        remedy: 'name one of them, or add it to environments.yaml',
      },
    ]);
  }
  ProblemsError.throwIfAny('stacks', problems);
  return environment;
}

function serverProblems(
  servers: readonly ServerReference[],
  named: readonly string[],
  environment: string,
): Problem[] {
  const known = servers.map(({ name }) => name);
  if (servers.length === 0) {
    return [
      {
        where: `stacks in ${environment}`,
        found: 'no MCP server',
        expected: 'at least one that is switched on',
        remedy: `name other stacks, or set enabled: true in Pulumi.${environment}.yaml`,
      },
    ];
  }
  return named
    .filter((name) => !known.includes(name))
    .map((name) => ({
      where: '--bearer-env',
      found: `a token for ${name}`,
      expected: `one for ${known.join(', ')}`,
      remedy: 'correct the name',
    }));
}

/** Looked at before anybody is asked, so that nothing is half done. */
function fileProblems(file: string): Problem[] {
  const folder = path.dirname(path.resolve(file));
  const problem = (found: string): Problem[] => [
    {
      where: file,
      found,
      expected: 'a file that can be written',
      remedy: 'name another, or make its folder',
    },
  ];
  try {
    if (statSync(file, { throwIfNoEntry: false })?.isDirectory() === true) return problem('a folder');
    accessSync(folder, constants.W_OK);
    return [];
  } catch {
    return problem(`no folder ${folder} that can be written to`);
  }
}
