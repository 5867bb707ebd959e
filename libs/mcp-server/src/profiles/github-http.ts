import type { Problem } from '@mcp-stacks/problem';
import type { SemVer } from 'semver';
import lt from 'semver/functions/lt';
import { imageVersion } from '../image-version.js';
import type { McpServerProfile } from '../profile.js';
import { filterEnv, type GithubFilters, ignoredFilter } from './github-filters.js';

/** What a team may ask of GitHub's server in its own `http` mode; the filters want v0.33.0 or newer. */
export interface GithubHttpOptions extends GithubFilters {
  /** The image, whose tag states the version. */
  readonly image: string;
  /** Port that it listens on. @default 8082 */
  readonly port?: number | undefined;
  /** Where it speaks MCP. @default '/mcp' */
  readonly path?: string | undefined;
}

/** Each option that only some versions honour over HTTP. Found in the server's source and release notes. */
const SINCE = {
  http: '0.31.0',
  filters: '0.33.0',
} as const;

/**
 * Each request fills a map that nothing guards (`pkg/translations` of v1.4.0, the newest): where a process gets its
 * first two at the same moment, Go ends it ("concurrent map writes", exit code 2). The runtime does not interrupt a
 * write to a map, so on one thread there is never a second one. A server that waits for GitHub's API needs no more;
 * what does is spread over replicas, since no request depends on another.
 */
const ONE_THREAD = '1';

/**
 * GitHub's MCP server (`github/github-mcp-server`, Go) in its own `http` mode: streamable HTTP, stateless, each
 * request with a bearer token of its own.
 */
export function githubHttp(options: GithubHttpOptions): McpServerProfile {
  const { image, port = 8082, path = '/mcp' } = options;
  const version = imageVersion(image);
  return {
    id: 'github-http',
    // The image's default command is `stdio`.
    args: ['http'],
    endpoint: { port, path },
    // `/`, `/health`, `/healthz` and `/metrics` answer 401; this one answers 200 without credentials.
    health: {
      kind: 'http',
      path: '/.well-known/oauth-protected-resource',
      proves: 'the server answers HTTP; not that any credential is good',
    },
    sessions: 'stateless',
    metrics: 'none',
    // Distroless, without a numeric USER.
    runAsUser: 65532,
    writablePaths: [],
    env: {
      GITHUB_PORT: String(port),
      GOMAXPROCS: ONE_THREAD,
      ...filterEnv(options),
    },
    credentials: [],
    refusedEnv: {
      GITHUB_PERSONAL_ACCESS_TOKEN:
        'over HTTP each request carries its own bearer token and this variable is never read: a token mounted ' +
        'there is exposure and nothing else',
      GITHUB_DYNAMIC_TOOLSETS: 'dynamic toolsets are gone since v1.1.0',
    },
    authentication: 'bearer-per-request',
    usesKubernetesApi: false,
    unverified: version === undefined ? ['args', 'health', 'env'] : [],
    problems: version === undefined ? [] : versionProblems(version, options),
  };
}

function versionProblems(version: SemVer, { readOnly, toolsets }: GithubHttpOptions): readonly Problem[] {
  if (lt(version, SINCE.http)) {
    return [
      {
        where: 'image',
        found: `version ${version.version}`,
        expected: `v${SINCE.http} or newer: older ones have no http mode`,
        remedy: 'take a newer image, or the profile github-bridged for an image with a bridge in front',
      },
    ];
  }
  if (!lt(version, SINCE.filters)) return [];
  return [
    ...(readOnly === true ? [{ name: 'readOnly', value: readOnly } as const] : []),
    ...(toolsets !== undefined ? [{ name: 'toolsets', value: toolsets } as const] : []),
  ].map((filter) => ignoredFilter(filter, version, SINCE.filters, ' over HTTP'));
}
