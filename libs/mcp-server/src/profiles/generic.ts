import { type McpServerProfile, type StatedFacts, statedHealth } from '../profile.js';

/** The facts of a server that has no profile of its own, all stated by the team that deploys it. */
export interface GenericOptions extends StatedFacts {
  /** The program that the container runs. @default the image's */
  readonly command?: readonly string[] | undefined;
  /** Its arguments. @default the image's */
  readonly args?: readonly string[] | undefined;
  /** Port that it listens on, 1 to 65535. */
  readonly port: number;
  /** Where it speaks MCP, as `/mcp`. */
  readonly path: string;
  /**
   * Who it lets in by itself. `none`: whoever reaches it uses its credentials, so its clients must be named.
   */
  readonly authentication: McpServerProfile['authentication'];
  /** The variables that it reads a credential from. @default none */
  readonly credentials?: readonly string[] | undefined;
  /** The variable that takes the allowed browser origins, comma separated. @default it checks none */
  readonly allowOriginsEnv?: string | undefined;
  /** Whether programs that it runs use the Kubernetes API. @default false */
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
