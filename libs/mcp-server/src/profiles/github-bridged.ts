import type { Problem } from '@mcp-stacks/problem';
import { lt } from 'semver';
import { imageVersion } from '../image-version.js';
import { type McpServerProfile, type StatedFacts, statedHealth } from '../profile.js';

/** What a team may ask of GitHub's server behind a stdio-to-HTTP bridge. */
export interface GithubBridgedOptions {
  /** The image, whose tag states the version. */
  readonly image: string;
  /** @default 8080 */
  readonly port?: number | undefined;
  /** @default '/mcp' */
  readonly path?: string | undefined;
  /** Offers only tools that change nothing; v0.19.0 and newer. @default false */
  readonly readOnly?: boolean | undefined;
  /** The toolsets that are offered. @default the server's own */
  readonly toolsets?: readonly string[] | undefined;
  /** What nobody has verified of such an image. */
  readonly stated: StatedFacts;
}

/**
 * GitHub's MCP server in `stdio` mode behind a bridge that makes HTTP of it, as the image
 * `ghcr.io/spigell/github-mcp-server:0.18.0-1b59f5` is: one token for everybody who reaches it.
 */
export function githubBridged(options: GithubBridgedOptions): McpServerProfile {
  const { port = 8080, path = '/mcp', readOnly = false, toolsets, stated } = options;
  return {
    id: 'github-bridged',
    endpoint: { port, path },
    health: statedHealth(stated.probe),
    sessions: stated.sessions,
    metrics: stated.metrics,
    runAsUser: stated.runAsUser,
    writablePaths: stated.writablePaths,
    env: {
      ...(readOnly && { GITHUB_READ_ONLY: 'true' }),
      ...(toolsets !== undefined && { GITHUB_TOOLSETS: toolsets.join(',') }),
    },
    // The stdio mode does read it, unlike the http mode.
    credentials: ['GITHUB_PERSONAL_ACCESS_TOKEN'],
    refusedEnv: {},
    authentication: 'none',
    allowOriginsEnv: 'MCP_PROXY_ALLOW_ORIGINS',
    usesKubernetesApi: false,
    unverified: ['sessions', 'health', 'runAsUser', 'writablePaths', 'metrics'],
    problems: readOnly ? readOnlyProblems(options.image) : [],
  };
}

/**
 * The first version whose stdio mode reads `GITHUB_READ_ONLY`: older ones look for `GITHUB_READ-ONLY`. Seen with v0.18.0
 * running, which offers tools that write.
 */
const READ_ONLY_SINCE = '0.19.0';

function readOnlyProblems(image: string): readonly Problem[] {
  const version = imageVersion(image);
  if (version !== undefined && !lt(version, READ_ONLY_SINCE)) return [];
  return [
    {
      where: 'readOnly',
      found: `true with ${version === undefined ? 'an image whose tag states no version' : `version ${version.version}`}`,
      expected: `v${READ_ONLY_SINCE} or newer: older ones ignore it, so every tool would be offered`,
      remedy: `take an image of v${READ_ONLY_SINCE} or newer, or remove readOnly`,
    },
  ];
}
