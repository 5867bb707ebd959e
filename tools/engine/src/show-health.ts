import { connect } from '@mcp-stacks/kube-context';
import type { ServerHealth } from '@mcp-stacks/health';
import { formatProblems } from '@mcp-stacks/problem';
import pc from 'picocolors';
import type { Stack, Workspace } from '@mcp-stacks/workspace';
import { type PreparedStack, prepareStacks } from './prepare-stacks.js';
import { readStackState } from './pulumi/stack-state.js';

/** Whether and how servers are asked after a deploy. */
export interface HealthChoice {
  /** `false` leaves it out. */
  readonly health: boolean;
  /** Which environment variable holds a server's bearer token, as `mcp-github=GITHUB_TOKEN`. */
  readonly bearerEnv: readonly string[];
}

/** A stack that is deployed. */
export interface UpStack {
  readonly prepared: PreparedStack;
  /** Its Services, as `namespace/name`. */
  readonly services: readonly string[];
}

/**
 * Before a deploy: reads the bearer tokens for after it.
 *
 * @throws ProblemsError where an option is wrong or a variable is empty.
 */
export async function readTokens({ bearerEnv }: HealthChoice): Promise<ReadonlyMap<string, string>> {
  if (bearerEnv.length === 0) return new Map();
  const { readBearers } = await import('@mcp-stacks/health');
  return readBearers(bearerEnv, process.env);
}

/**
 * Reads the Services of stacks that were deployed before.
 *
 * @throws ProblemsError where the backend does not answer or no cluster is named.
 */
export async function readServices(
  workspace: Workspace,
  stacks: readonly Stack[],
  options: { readonly environment: string; readonly context?: string | undefined },
): Promise<UpStack[]> {
  if (stacks.length === 0) return [];
  const prepared = await prepareStacks(workspace, stacks, {
    ...options,
    purpose: 'cluster',
    shell: process.env,
  });
  return await Promise.all(
    prepared.map(async (one) => {
      const { objects } = await readStackState(one);
      return {
        prepared: one,
        services: objects.filter(({ kind }) => kind === 'Service').map(({ id }) => id),
      };
    }),
  );
}

/**
 * After a deploy: asks the MCP servers among the Services of the stacks what they offer, shows what changed for their
 * clients, and records it for the next time.
 *
 * @returns The exit code: 8 where a server does not answer. One that could not be asked, as without the right to, is
 *   shown; the deploy stands.
 */
export async function showHealth(
  stacks: readonly UpStack[],
  bearers: ReadonlyMap<string, string>,
): Promise<number> {
  const withServices = stacks.filter(({ services }) => services.length > 0);
  if (withServices.length === 0) return 0;
  // Loaded here, when something was deployed that may be asked.
  const { checkHealth, EXIT_NO_ANSWER, healthText } = await import('@mcp-stacks/health');
  const checked = await Promise.all(
    withServices.map(async ({ prepared, services }): Promise<readonly ServerHealth[]> => {
      const { cluster, stack } = prepared;
      if (cluster === undefined) return [];
      const servers = services.map((id) => {
        const [namespace = '', name = ''] = id.split('/');
        return { stack: stack.name, namespace, name };
      });
      return await checkHealth(await connect(prepared), cluster, servers, { bearers, record: true });
    }),
  );
  const all = checked.flat();
  if (all.length > 0) {
    console.log(`\n${pc.bold('What the servers offer their clients')}`);
    console.log(healthText(all, { colors: pc.isColorSupported && process.stdout.isTTY }));
  }
  const unknown = [...bearers.keys()].filter((name) => !all.some((server) => server.name === name));
  if (unknown.length > 0) {
    console.error(
      formatProblems(
        'bearer tokens',
        unknown.map((name) => ({
          where: '--bearer-env',
          found: `a token for ${name}`,
          expected: `one for ${all.map((server) => server.name).join(', ') || 'no server: none was deployed'}`,
          remedy: 'correct the name: it was not sent to anybody',
        })),
      ),
    );
  }
  return all.some(({ result }) => result === 'no answer') ? EXIT_NO_ANSWER : 0;
}
