import { type RenderedObject } from './rendering.js';

/** The keys of a Secret, which is all that is told of it; `undefined` for any other object. */
export function secretKeys({ object }: RenderedObject): readonly string[] | undefined {
  if (object.apiVersion !== 'v1' || object.kind !== 'Secret') return undefined;
  return [...new Set([object.data, object.stringData].flatMap((values) => Object.keys(values ?? {})))].sort();
}
