import type { SemVer } from 'semver';
import coerce from 'semver/functions/coerce';

/** The version that an image's tag states, as 0.18.0 for `…/server:0.18.0-1b59f5`; `undefined` if it states none. */
export function imageVersion(image: string): SemVer | undefined {
  const tag = /:([\w][\w.-]*)(@|$)/.exec(image.slice(image.lastIndexOf('/') + 1))?.[1];
  // A version has at least major and minor: a tag such as `7` or a commit hash says nothing.
  return tag !== undefined && /^v?\d+\.\d+/.test(tag) ? (coerce(tag) ?? undefined) : undefined;
}
