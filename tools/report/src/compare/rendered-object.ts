import { createHash } from 'node:crypto';
import { type KubernetesObject, type LeftOutSecret } from '@mcp-stacks/render';
import { stringify } from 'yaml';
import { HIDDEN, type RenderedObject } from './rendering.js';
import { without } from './without.js';

/** The fields of a Secret that hold its values. */
const SECRET_FIELDS = ['data', 'stringData'] as const;

/** Where an apply by hand may have left a copy of the values. */
const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';

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
  if (metadata.annotations !== undefined) {
    hidden.metadata = { ...metadata, annotations: without(metadata.annotations, [LAST_APPLIED]) };
  }
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
  const metadata = { name, ...(namespace !== undefined && { namespace }) };
  const stringData = Object.fromEntries(keys.map((key) => [key, HIDDEN]));
  const {
    key,
    name: shown,
    object,
  } = renderedObject({ apiVersion: 'v1', kind: 'Secret', metadata, stringData }, '');
  return { key, name: shown, object, yaml: '' };
}
