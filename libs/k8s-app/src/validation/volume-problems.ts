import { describeValue, type Problem } from '@mcp-stacks/problem';
import type { K8sAppArgs } from '../k8s-app-args.js';
import type { WorkloadContainer } from '../workload-containers.js';
import { DNS_LABEL, nameProblems } from './names.js';
import { argumentPath } from './paths.js';

/** https://kubernetes.io/docs/concepts/security/pod-security-standards/#restricted, and images, which are read-only. */
const RESTRICTED_SOURCES = [
  'configMap',
  'csi',
  'downwardAPI',
  'emptyDir',
  'ephemeral',
  'image',
  'persistentVolumeClaim',
  'projected',
  'secret',
];

/** Problems of a workload's volumes and of where its containers mount them. */
export function* volumeProblems(
  args: K8sAppArgs,
  containers: readonly WorkloadContainer[],
): Generator<Problem> {
  const volumes = args.volumes ?? {};
  const mounted = new Set<string>();
  for (const { path, args: container } of containers) {
    const paths = new Map<string, string>();
    for (const [mountPath, mount] of Object.entries(container.volumeMounts ?? {})) {
      const where = argumentPath(path, 'volumeMounts', mountPath);
      mounted.add(mount.volume);
      yield* mountPathProblems(where, mountPath, paths);
      if (!Object.hasOwn(volumes, mount.volume)) {
        yield {
          where: argumentPath(where, 'volume'),
          found: describeValue(mount.volume),
          expected: `a name in \`args.volumes\`: ${Object.keys(volumes).join(', ') || 'there are none'}`,
          remedy: 'Declare the volume, or correct the name.',
        };
      }
      if (typeof mount.subPath === 'string' && (mount.subPath.startsWith('/') || hasParent(mount.subPath))) {
        yield {
          where: argumentPath(where, 'subPath'),
          found: describeValue(mount.subPath),
          expected: 'a relative path inside the volume, without `..`',
          remedy: 'Correct the path.',
        };
      }
    }
  }
  for (const [name, source] of Object.entries(volumes)) {
    const where = argumentPath('args.volumes', name);
    yield* nameProblems(where, name, DNS_LABEL);
    yield* sourceProblems(where, source);
    if (!mounted.has(name)) {
      yield {
        where,
        found: 'a volume that no container mounts',
        expected: 'at least one mount',
        remedy: `Mount it with \`volumeMounts: { '/path': { volume: '${name}' } }\`, or remove it.`,
      };
    }
  }
}

function* mountPathProblems(
  where: string,
  mountPath: string,
  others: Map<string, string>,
): Generator<Problem> {
  if (!mountPath.startsWith('/') || mountPath.includes(':') || hasParent(mountPath)) {
    yield {
      where,
      found: describeValue(mountPath),
      expected: 'an absolute path without `:` and `..`',
      remedy: 'Write the path from the root of the container.',
    };
    return;
  }
  const normal = `/${mountPath
    .split('/')
    .filter((part) => part !== '' && part !== '.')
    .join('/')}`;
  const same = others.get(normal);
  others.set(normal, mountPath);
  if (same !== undefined) {
    yield {
      where,
      found: describeValue(mountPath),
      expected: `another path than ${describeValue(same)}, which is the same`,
      remedy: 'Remove one of the two mounts.',
    };
  }
}

function* sourceProblems(
  where: string,
  source: NonNullable<K8sAppArgs['volumes']>[string],
): Generator<Problem> {
  const kinds = Object.entries(source as Record<string, unknown>).flatMap(([kind, value]) =>
    value === undefined ? [] : [kind],
  );
  if (kinds.length !== 1) {
    yield {
      where,
      found: kinds.length === 0 ? 'no source' : kinds.join(' and '),
      expected: 'exactly one source',
      remedy: 'Say what the volume is, for example `emptyDir: {}`.',
    };
  }
  for (const kind of kinds.filter((name) => !RESTRICTED_SOURCES.includes(name))) {
    yield {
      where: argumentPath(where, kind),
      found: describeValue(kind),
      expected: `a source that Pod Security \`restricted\` allows: ${RESTRICTED_SOURCES.join(', ')}`,
      remedy:
        kind === 'hostPath'
          ? 'Use a PersistentVolume with a claim (SharedManualVolume makes one on a named node), or an emptyDir.'
          : 'Make a PersistentVolume of it and mount its claim.',
    };
  }
}

function hasParent(path: string): boolean {
  return path.split('/').includes('..');
}
