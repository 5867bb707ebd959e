import { type FieldPath } from '../manifests/field-path.js';

/** A stand-in for an object that remembers which of its fields were read. */
export interface ObservedReads {
  readonly proxy: object;
  /** The fields that nobody read, of objects of which at least one field was. */
  unread(): readonly FieldPath[];
}

/**
 * Tells which fields a validator knows: a compiled schema reads each property that it knows and nothing else.
 *
 * Of an object without any read field nothing is said: its schema leaves its content open.
 */
export function observeReads(root: object): ObservedReads {
  const nodes: { readonly target: object; readonly path: FieldPath; readonly read: Set<string> }[] = [];
  const proxies = new Map<object, object>();
  const observe = (value: unknown, path: FieldPath): unknown => {
    if (typeof value !== 'object' || value === null) return value;
    const known = proxies.get(value);
    if (known !== undefined) return known;
    const read = new Set<string>();
    const proxy = new Proxy(value, {
      get(target, key, receiver) {
        const item: unknown = Reflect.get(target, key, receiver);
        if (typeof key !== 'string') return item;
        read.add(key);
        return observe(item, [...path, Array.isArray(target) ? Number(key) : key]);
      },
    });
    nodes.push({ target: value, path, read });
    proxies.set(value, proxy);
    return proxy;
  };
  return {
    proxy: observe(root, []) as object,
    unread: () =>
      nodes
        .filter(({ target, read }) => !Array.isArray(target) && read.size > 0)
        .flatMap(({ target, path, read }) =>
          Object.keys(target)
            .filter((key) => !read.has(key))
            .map((key) => [...path, key]),
        ),
  };
}
