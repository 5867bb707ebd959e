import type { KubernetesObject } from '@mcp-stacks/render';
import { isDeepStrictEqual } from 'node:util';
import { type Ended, kubectl, kubectlWith } from '../engine/commands.js';

type Fields = Readonly<Record<string, unknown>>;

/**
 * Fields that the cluster owns, by the kind of the object (`*`: of every kind): what it counts, allocates and binds.
 * Everything else must be what was rendered, or the API server's default for it.
 */
const OWNED_BY_CLUSTER: Readonly<Record<string, readonly string[]>> = {
  '*': [
    'status',
    'metadata.name',
    'metadata.uid',
    'metadata.resourceVersion',
    'metadata.generation',
    'metadata.creationTimestamp',
    'metadata.managedFields',
  ],
  Deployment: ['metadata.annotations.deployment.kubernetes.io/revision'],
  Namespace: ['metadata.labels.kubernetes.io/metadata.name'],
  PersistentVolume: [
    'metadata.annotations.pv.kubernetes.io/bound-by-controller',
    'metadata.finalizers',
    'spec.claimRef.uid',
    'spec.claimRef.resourceVersion',
    'spec.claimRef.apiVersion',
    'spec.claimRef.kind',
  ],
  PersistentVolumeClaim: [
    'metadata.annotations.pv.kubernetes.io/bind-completed',
    'metadata.annotations.pv.kubernetes.io/bound-by-controller',
    'metadata.finalizers',
  ],
  Service: ['spec.clusterIP', 'spec.clusterIPs'],
};

/**
 * Where what runs differs from what was rendered, one line each.
 *
 * What the API server makes of a rendered object is asked of itself: by a dry run that creates it under another name, so
 * that nothing of the running one gets into it.
 */
export function differences(objects: readonly KubernetesObject[]): readonly string[] {
  const dryRun = ['create', '--dry-run=server', '--validate=strict', '--output', 'jsonpath={@}{"\\n"}'];
  const expected = outputOf(kubectlWith(objects.map(underAnotherName), ...dryRun))
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as unknown);
  return objects
    .flatMap((object, index) => {
      const found: string[] = [];
      const owned = [...(OWNED_BY_CLUSTER['*'] ?? []), ...(OWNED_BY_CLUSTER[object.kind] ?? [])];
      compare(expected[index], running(object), '', owned, found);
      return found.map((line) => `${object.kind} ${object.metadata.name}: ${line}`);
    })
    .sort();
}

function underAnotherName(object: KubernetesObject): KubernetesObject {
  return { ...object, metadata: { ...object.metadata, name: `${object.metadata.name}-as-rendered` } };
}

function running({ apiVersion, kind, metadata }: KubernetesObject): unknown {
  const [group, version] = apiVersion.includes('/') ? apiVersion.split('/') : ['', apiVersion];
  const resource = [kind, version, group].join('.');
  return JSON.parse(
    outputOf(
      kubectl('get', resource, metadata.name, '--namespace', metadata.namespace ?? '', '--output', 'json'),
    ),
  );
}

function compare(
  rendered: unknown,
  runs: unknown,
  path: string,
  owned: readonly string[],
  found: string[],
): void {
  if (owned.includes(path) || isDeepStrictEqual(rendered, runs)) return;
  if (isFields(rendered) || isFields(runs)) {
    const [one, other] = [rendered ?? {}, runs ?? {}];
    if (isFields(one) && isFields(other)) {
      for (const key of new Set([...Object.keys(one), ...Object.keys(other)])) {
        compare(one[key], other[key], path === '' ? key : `${path}.${key}`, owned, found);
      }
      return;
    }
  }
  found.push(`${path}: rendered ${shown(rendered)}, runs ${shown(runs)}`);
}

function shown(value: unknown): string {
  return value === undefined ? 'nothing' : JSON.stringify(value);
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function outputOf({ code, output }: Ended): string {
  if (code !== 0) throw new Error(output);
  return output;
}
