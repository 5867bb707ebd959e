import { type McpServerProfile, type StatedFacts, statedHealth } from '../profile.js';

/** The facts of a server that has no profile of its own, all stated by the team that deploys it. */
export interface GenericOptions extends StatedFacts {
  readonly command?: readonly string[] | undefined;
  readonly args?: readonly string[] | undefined;
  readonly port: number;
  readonly path: string;
  readonly authentication: McpServerProfile['authentication'];
  /** The variables that it reads a credential from. @default none */
  readonly credentials?: readonly string[] | undefined;
  readonly allowOriginsEnv?: string | undefined;
  /** @default false */
  readonly usesKubernetesApi?: boolean | undefined;
}

/** Any MCP server over streamable HTTP, as its team describes it. */
export function generic(options: GenericOptions): McpServerProfile {
  return {
    id: 'generic',
    ...(options.command !== undefined && { command: options.command }),
    ...(options.args !== undefined && { args: options.args }),
    endpoint: { port: options.port, path: options.path },
    health: statedHealth(options.probe),
    sessions: options.sessions,
    metrics: options.metrics,
    runAsUser: options.runAsUser,
    writablePaths: options.writablePaths,
    env: {},
    credentials: options.credentials ?? [],
    refusedEnv: {},
    authentication: options.authentication,
    ...(options.allowOriginsEnv !== undefined && { allowOriginsEnv: options.allowOriginsEnv }),
    usesKubernetesApi: options.usesKubernetesApi ?? false,
    unverified: ['sessions', 'health', 'runAsUser', 'writablePaths', 'metrics', 'authentication'],
    problems: [],
  };
}
