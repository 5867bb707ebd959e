import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Versions of what only the bench runs, and therefore installs by itself. */
export interface PinnedVersions {
  /** npm packages of the cdk8s app. */
  readonly npm: Readonly<Record<string, string>>;
  readonly helm: { readonly module: string; readonly version: string; readonly package: string };
}

export function pinnedVersions(): PinnedVersions {
  return JSON.parse(readFileSync(join(__dirname, '..', 'versions.json'), 'utf8')) as PinnedVersions;
}
