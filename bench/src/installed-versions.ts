import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const PACKAGES = ['@pulumi/pulumi', '@pulumi/kubernetes', 'typescript', 'nx'];

/** The versions of what all contestants of this workspace run on. */
export function installedVersions(root: string): Record<string, string> {
  const versionOf = (name: string) => {
    const file = join(root, 'node_modules', name, 'package.json');
    return (JSON.parse(readFileSync(file, 'utf8')) as { readonly version: string }).version;
  };
  return {
    Node: process.version.slice(1),
    ...Object.fromEntries(PACKAGES.map((name) => [name, versionOf(name)])),
  };
}
