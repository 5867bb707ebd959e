import { createHash } from 'node:crypto';
import { type KubernetesObject, type LeftOutSecret } from '@mcp-stacks/render';
import { stringify } from 'yaml';
import { HIDDEN, type RenderedObject } from './rendering.js';

/** The fields of a Secret that hold its values. */
const SECRET_FIELDS = ['data', 'stringData'] as const;

/** @param yaml The object as its file has it; a Secret is written anew, without values. */
export function renderedObject(object: KubernetesObject, yaml: string): RenderedObject {
  const { apiVersion, kind, metadata } = object;
  const group = apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : '';
  const identity = {
    key: [group, kind, metadata.namespace ?? '', metadata.name].join('|'),
    name: `${kind} ${metadata.namespace === undefined ? '' : `${metadata.namespace}/`}${metadata.name}`,
  };
  if (apiVersion !== 'v1' || kind !== 'Secret') return { ...identity, object, yaml };
  const digests: Record<string, string> = {};
  const hidden: Record<string, unknown> = { ...object };
  // An apply by hand may have left a copy of the values there.
  const { 'kubectl.kubernetes.io/last-applied-configuration': _copy, ...annotations } =
    metadata.annotations ?? {};
  if (metadata.annotations !== undefined) hidden.metadata = { ...metadata, annotations };
  for (const field of SECRET_FIELDS) {
    const values = object[field];
    if (typeof values !== 'object' || values === null) continue;
    hidden[field] = Object.fromEntries(Object.keys(values).map((key) => [key, HIDDEN]));
    for (const [key, value] of Object.entries(values)) {
      digests[`${field}.${key}`] = createHash('sha256').update(JSON.stringify(value)).digest('hex');
    }
  }
  return {
    ...identity,
    object: hidden as KubernetesObject,
    yaml: stringify(hidden, { lineWidth: 0 }),
    secretDigests: digests,
  };
}

/** A Secret of which only name and keys are known. */
export function leftOutObject({ name, namespace, keys }: LeftOutSecret): RenderedObject {
  const { secretDigests: _unknown, ...rest } = renderedObject(
    {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name, ...(namespace !== undefined && { namespace }) },
      stringData: Object.fromEntries(keys.map((key) => [key, HIDDEN])),
    },
    '',
  );
  return rest;
}
