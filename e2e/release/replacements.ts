import type { Registered } from './consumer-folder.js';

/** What the Kubernetes provider cannot change in place, by kind, beside an object's own name and namespace. */
const FIXED: Readonly<Record<string, readonly string[]>> = {
  Deployment: ['spec.selector'],
  Service: ['spec.clusterIP'],
  PersistentVolumeClaim: ['spec.volumeName', 'spec.storageClassName', 'spec.accessModes', 'spec.selector'],
};

/**
 * What an update from one program's resources to another's would delete or replace.
 *
 * ConfigMaps and Secrets whose data changed are replaced as well, which is what rolls the pods: they are left out.
 */
export function replacements(before: readonly Registered[], after: readonly Registered[]): readonly string[] {
  return before.flatMap((old) => {
    const now = after.find(
      ({ urn, options }) => urn === old.urn || options.aliases.some((alias) => alias === old.urn),
    );
    if (now === undefined) return [`${old.urn}: gone`];
    if (!old.custom) return [];
    const kind = old.type.split(':').at(-1) ?? '';
    return ['metadata.name', 'metadata.namespace', ...(FIXED[kind] ?? [])]
      .filter((path) => JSON.stringify(at(old.inputs, path)) !== JSON.stringify(at(now.inputs, path)))
      .map((path) => `${old.urn}: ${path}`);
  });
}

function at(value: unknown, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>((inner, key) => (inner as Record<string, unknown> | undefined)?.[key], value);
}
