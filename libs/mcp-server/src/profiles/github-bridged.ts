import lt from 'semver/functions/lt';
import { imageVersion } from '../image-version.js';
import { type McpServerProfile, type StatedFacts, statedHealth } from '../profile.js';
import { filterEnv, type GithubFilters, ignoredFilter } from './github-filters.js';

/**
 * The first version whose stdio mode reads `GITHUB_READ_ONLY`: older ones look for `GITHUB_READ-ONLY`. Seen with v0.18.0
 * running, which offers tools that write.
 */
const READ_ONLY_SINCE = '0.19.0';

/** What a team may ask of GitHub's server behind a stdio-to-HTTP bridge; `readOnly` wants v0.19.0 or newer. */
export interface GithubBridgedOptions extends GithubFilters {
  /** The image, whose tag states the version. */
  readonly image: string;
  /** Port that it listens on. @default 8080 */
  readonly port?: number | undefined;
  /** Where it speaks MCP. @default '/mcp' */
  readonly path?: string | undefined;
  /** What nobody has verified of such an image. */
  readonly stated: StatedFacts;
}

/**
 * GitHub's MCP server in `stdio` mode behind a bridge that makes HTTP of it, as the image
 * `ghcr.io/spigell/github-mcp-server:0.18.0-1b59f5` is: one token for everybody who reaches it.
 */
export function githubBridged(options: GithubBridgedOptions): McpServerProfile {
  const { image, port = 8080, path = '/mcp', readOnly = false, stated } = options;
  const version = imageVersion(image);
  const ignoresReadOnly = readOnly && (version === undefined || lt(version, READ_ONLY_SINCE));
  return {
    id: 'github-bridged',
    endpoint: { port, path },
    health: statedHealth(stated.probe),
    sessions: stated.sessions,
    metrics: stated.metrics,
    runAsUser: stated.runAsUser,
    writablePaths: stated.writablePaths,
    env: filterEnv(options),
    // The stdio mode does read it, unlike the http mode.
    credentials: ['GITHUB_PERSONAL_ACCESS_TOKEN'],
    refusedEnv: {},
    authentication: 'none',
    allowOriginsEnv: 'MCP_PROXY_ALLOW_ORIGINS',
    usesKubernetesApi: false,
    unverified: ['sessions', 'health', 'runAsUser', 'writablePaths', 'metrics'],
    problems: ignoresReadOnly
      ? [ignoredFilter({ name: 'readOnly', value: readOnly }, version, READ_ONLY_SINCE)]
      : [],
  };
}
