import { existsSync, readFileSync, realpathSync } from 'node:fs';
import path from 'node:path';

/** A provider plugin that a stack needs: of exactly the version of the SDK that its program loads. */
export interface RequiredPlugin {
  readonly name: string;
  readonly version: string;
}

interface PackageManifest {
  name?: string;
  version?: string;
  dependencies?: Record<string, string>;
  peerDependencies?: Record<string, string>;
  pulumi?: { resource?: boolean; name?: string; version?: string };
}

/** By folder: to find them takes reading a hundred files, and nobody installs packages while a command runs. */
const KNOWN = new Map<string, readonly RequiredPlugin[]>();

/**
 * The provider plugins that a stack's program may need: of its installed dependencies, direct or not, those that are
 * Pulumi provider SDKs (`pulumi.resource` in their `package.json`). Workspace libraries take SDKs as peers, so peers
 * count too.
 *
 * @param folder The stack's folder, absolute.
 */
export function requiredPlugins(folder: string): readonly RequiredPlugin[] {
  const known = KNOWN.get(folder);
  if (known !== undefined) return known;
  const plugins = new Map<string, RequiredPlugin>();
  const seen = new Set<string>();
  const pending = [path.join(folder, 'package.json')];
  for (let file = pending.pop(); file !== undefined; file = pending.pop()) {
    if (seen.has(file) || !existsSync(file)) continue;
    seen.add(file);
    const manifest = JSON.parse(readFileSync(file, 'utf8')) as PackageManifest;
    const version = manifest.pulumi?.version ?? manifest.version;
    if (manifest.pulumi?.resource === true && version !== undefined) {
      const name = manifest.pulumi.name ?? (manifest.name ?? '').replace(/^.*\//, '');
      const plugin = { name, version: version.replace(/^v/, '') };
      plugins.set(`${plugin.name} ${plugin.version}`, plugin);
    }
    for (const dependency of Object.keys({ ...manifest.peerDependencies, ...manifest.dependencies })) {
      const found = installedManifest(dependency, path.dirname(file));
      if (found !== undefined) pending.push(found);
    }
  }
  const found = [...plugins.values()].sort((a, b) => a.name.localeCompare(b.name));
  KNOWN.set(folder, found);
  return found;
}

/** The `package.json` that Node would take for a package, found by hand: `exports` may hide it from `require`. */
export function installedManifest(dependency: string, from: string): string | undefined {
  for (let folder = from; ; folder = path.dirname(folder)) {
    const file = path.join(folder, 'node_modules', dependency, 'package.json');
    if (existsSync(file)) return realpathSync(file);
    if (folder === path.dirname(folder)) return undefined;
  }
}
