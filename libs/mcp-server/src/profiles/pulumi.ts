import type { McpServerProfile } from '../profile.js';

/** Where the server keeps what Pulumi's CLI writes. */
const PULUMI_HOME = '/var/lib/pulumi';

/** What a team may ask of Pulumi's server. */
export interface PulumiOptions {
  /** How the image starts it. @default ['pulumi-mcp-server', 'http'] */
  readonly command?: readonly string[] | undefined;
  /** Port that it listens on. @default 3000 */
  readonly port?: number | undefined;
  /** Where it speaks MCP. @default '/mcp' */
  readonly path?: string | undefined;
  /** Numeric user id of the image's USER, which is a name. */
  readonly runAsUser: number;
  /** Where the image has `dist/.cache` of `@pulumi/mcp-server`: the server writes there. */
  readonly cacheDirectory: string;
}

/**
 * Pulumi's MCP server (`@pulumi/mcp-server`, Node), over HTTP since v0.1.8. It has no authentication and no tool
 * filter: whoever reaches it can run `up` with the mounted credentials. Streams that are idle for 60 s are dropped.
 */
export function pulumi(options: PulumiOptions): McpServerProfile {
  const {
    command = ['pulumi-mcp-server', 'http'],
    port = 3000,
    path = '/mcp',
    runAsUser,
    cacheDirectory,
  } = options;
  return {
    id: 'pulumi',
    command,
    args: ['--port', String(port)],
    endpoint: { port, path },
    // `/health` is 404 and `GET /mcp` is 400.
    health: { kind: 'tcp', proves: 'the port is open; not that the server speaks MCP' },
    sessions: 'in-memory',
    metrics: 'none',
    runAsUser,
    writablePaths: [cacheDirectory, PULUMI_HOME],
    env: { PULUMI_HOME, HOME: '/tmp' },
    credentials: ['PULUMI_ACCESS_TOKEN'],
    refusedEnv: {},
    authentication: 'none',
    allowOriginsEnv: 'MCP_ALLOWED_ORIGINS',
    usesKubernetesApi: true,
    // Which image it is decides about both: no registry has an official one.
    unverified: ['runAsUser', 'writablePaths'],
    problems: [],
  };
}
