import type { Problem } from '@mcp-stacks/problem';
import type { SemVer } from 'semver';

/** What GitHub's server filters its tools by, however it is run. */
export interface GithubFilters {
  /** Offers only tools that change nothing. @default false */
  readonly readOnly?: boolean | undefined;
  /** The toolsets that are offered. @default the server's own */
  readonly toolsets?: readonly string[] | undefined;
}

/** The environment variables that set the filters. */
export function filterEnv({ readOnly = false, toolsets }: GithubFilters): Readonly<Record<string, string>> {
  return {
    ...(readOnly && { GITHUB_READ_ONLY: 'true' }),
    ...(toolsets !== undefined && { GITHUB_TOOLSETS: toolsets.join(',') }),
  };
}

/**
 * The filter that a version of the server ignores.
 *
 * @param version `undefined` where the image's tag states none.
 * @param since The first version that honours it.
 * @param how Where older ones ignore it, as ` over HTTP`.
 */
export function ignoredFilter(
  filter: { readonly name: keyof GithubFilters; readonly value: unknown },
  version: SemVer | undefined,
  since: string,
  how = '',
): Problem {
  const { name, value } = filter;
  const found = version === undefined ? 'an image whose tag states no version' : `version ${version.version}`;
  return {
    where: name,
    found: `${JSON.stringify(value)} with ${found}`,
    expected: `v${since} or newer: older ones ignore it${how}, so every tool would be offered`,
    remedy: `take an image of v${since} or newer, or remove ${name}`,
  };
}
