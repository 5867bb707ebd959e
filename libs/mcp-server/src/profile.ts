import type { Problem } from '@mcp-stacks/problem';

/**
 * What an MCP server *is*, for a range of its versions: facts from its source or from running it. What a team
 * *wants* of it is `McpServerArgs`. From the two, `McpServer` derives probes, affinity, volumes, monitors and
 * policies, and what the facts rule out is refused.
 */
export interface McpServerProfile {
  /** Short name, as `github-http`. */
  readonly id: string;
  /** How the container is started, where the image's own start will not do. */
  readonly command?: readonly string[];
  readonly args?: readonly string[];
  /** Where it speaks MCP. */
  readonly endpoint: { readonly port: number; readonly path: string };
  /** What answers a probe, and what an answer proves. */
  readonly health: Health;
  /** `in-memory`: a session lives in one pod, so a client must stay on it and a rollout ends it. */
  readonly sessions: 'stateless' | 'in-memory';
  /** Prometheus metrics, if it has any. */
  readonly metrics: 'none' | { readonly port: number; readonly path: string };
  /** Numeric user id that its image can run as. */
  readonly runAsUser: number;
  /** Absolute paths that it writes to; each becomes an emptyDir under the read-only root. `/tmp` always is one. */
  readonly writablePaths: readonly string[];
  /** Environment variables that it needs to run as the profile says. */
  readonly env: Readonly<Record<string, string>>;
  /** The variables that it reads a credential from. A credential for any other is refused. */
  readonly credentials: readonly string[];
  /** Variables that must not be set, each with the reason. */
  readonly refusedEnv: Readonly<Record<string, string>>;
  /** Who it lets in by itself. `none`: whoever reaches it uses its credentials, so its clients must be named. */
  readonly authentication: 'none' | 'bearer-per-request';
  /** The variable that takes the allowed browser origins, comma separated; absent if it checks none. */
  readonly allowOriginsEnv?: string;
  /** Whether programs that it runs use the Kubernetes API. */
  readonly usesKubernetesApi: boolean;
  /** The fields above that nobody has verified for this image: they are configuration, and the preview says so. */
  readonly unverified: readonly (keyof McpServerProfile)[];
  /** What was asked of this server that its facts rule out. */
  readonly problems: readonly Problem[];
}

/** How the kubelet asks, and what an answer means. */
export type Health =
  | { readonly kind: 'http'; readonly path: string; readonly port?: number; readonly proves: string }
  | { readonly kind: 'tcp'; readonly proves: string };

/** Facts of an image that nobody has verified, as the configuration states them. */
export interface StatedFacts {
  readonly sessions: McpServerProfile['sessions'];
  /** `tcp`, or the path of an HTTP probe. */
  readonly probe: 'tcp' | { readonly path: string; readonly port?: number | undefined };
  readonly runAsUser: number;
  readonly writablePaths: readonly string[];
  readonly metrics: McpServerProfile['metrics'];
}

/** A probe as the configuration states it. */
export function statedHealth(probe: StatedFacts['probe']): Health {
  return probe === 'tcp'
    ? { kind: 'tcp', proves: 'the port is open' }
    : {
        kind: 'http',
        path: probe.path,
        ...(probe.port !== undefined && { port: probe.port }),
        proves: 'the path answers below 400',
      };
}
