import { parseAllDocuments } from 'yaml';

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** A Kubernetes object, without what is null. */
export interface PlainObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly [key: string]: Json | undefined;
  };
  readonly [key: string]: unknown;
}

/** The objects of YAML text as kubectl reads them, by what names each. */
export function parseObjects(yaml: string): ReadonlyMap<string, PlainObject> {
  const objects = new Map<string, PlainObject>();
  for (const document of parseAllDocuments(yaml, { version: '1.1' })) {
    if (document.errors[0] !== undefined) throw document.errors[0];
    const object = withoutNulls(document.toJS()) as PlainObject | undefined;
    if (object !== undefined) objects.set(objectKey(object), object);
  }
  return objects;
}

/** What tells an object from all others of a cluster. */
export function objectKey({ apiVersion, kind, metadata }: PlainObject): string {
  return `${apiVersion} ${kind} ${metadata.namespace ?? ''}/${metadata.name}`;
}

function withoutNulls(value: unknown): unknown {
  if (value === null || value === undefined) return undefined;
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .map(([key, item]) => [key, withoutNulls(item)] as const)
      .filter(([, item]) => item !== undefined),
  );
}
