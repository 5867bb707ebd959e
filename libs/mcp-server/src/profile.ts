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
  /** The arguments of its program, where the image's own will not do. */
  readonly args?: readonly string[];
  /** Where it speaks MCP. */
  readonly endpoint: {
    /** Port that it listens on. */
    readonly port: number;
    /** Path of the endpoint, as `/mcp`. */
    readonly path: string;
  };
  /** What answers a probe, and what an answer proves. */
  readonly health: Health;
  /** `in-memory`: a session lives in one pod, so a client must stay on it and a rollout ends it. */
  readonly sessions: 'stateless' | 'in-memory';
  /** Prometheus metrics, if it has any. */
  readonly metrics: 'none' | Metrics;
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

/** Where a server answers a scrape. */
export interface Metrics {
  /** Port that answers; it need not be the endpoint's. */
  readonly port: number;
  /** Absolute path, as `/metrics`. */
  readonly path: string;
}

/** How the kubelet asks, and what an answer means. */
export type Health = HttpHealth | TcpHealth;

/** The kubelet sends an HTTP request. */
export interface HttpHealth {
  /** How it asks. */
  readonly kind: 'http';
  /** Absolute path that answers below 400 while all is well. */
  readonly path: string;
  /** Port that answers. @default the endpoint's */
  readonly port?: number;
  /** What an answer proves, in a few words. */
  readonly proves: string;
}

/** The kubelet opens a connection. */
export interface TcpHealth {
  /** How it asks. */
  readonly kind: 'tcp';
  /** What an open port proves, in a few words. */
  readonly proves: string;
}

/** Facts of an image that nobody has verified, as the configuration states them. */
export interface StatedFacts {
  /** `in-memory`: a session lives in one pod, so a client must stay on it and a rollout ends it. */
  readonly sessions: McpServerProfile['sessions'];
  /** `tcp`, or the path of an HTTP probe. */
  readonly probe: 'tcp' | StatedProbe;
  /** Numeric user id that its image can run as; not 0. */
  readonly runAsUser: number;
  /** Absolute paths that it writes to, besides `/tmp`. */
  readonly writablePaths: readonly string[];
  /** `none`, or the port and path that answer a scrape. */
  readonly metrics: McpServerProfile['metrics'];
}

/** An HTTP probe, as the configuration states it. */
export interface StatedProbe {
  /** Absolute path that answers below 400 while all is well. */
  readonly path: string;
  /** Port that answers. @default the endpoint's */
  readonly port?: number | undefined;
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
