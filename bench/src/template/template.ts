import { isDeepStrictEqual } from 'node:util';
import { type Json } from '../objects/object-set.js';

/** What is the same in every environment, with holes for what is not. */
export type Template =
  | { readonly kind: 'same'; readonly value: Json }
  | { readonly kind: 'map'; readonly fields: readonly (readonly [key: string, value: Template])[] }
  | { readonly kind: 'list'; readonly items: readonly Template[] }
  | Hole;

/** A value that a person would write into an environment's values. */
export interface Hole {
  readonly kind: 'hole';
  /** The object's kind and the keys that lead to it, without the positions in lists. */
  readonly path: readonly string[];
  /** By environment; it is absent in those that are missing here. */
  readonly values: ReadonlyMap<string, Json>;
  /** Whether it is absent in some environment. */
  readonly isOptional: boolean;
}

/** What people write into an environment's values even where all environments agree. */
const ALWAYS_VALUES = ['image', 'namespace', 'replicas'];

/**
 * The template that gives each environment's value when its holes are filled.
 *
 * @param values By environment; it is absent in those that are missing here.
 * @param count The number of environments.
 * @param path What its holes say that they stand in.
 */
export function templateOf(
  values: ReadonlyMap<string, Json>,
  count: number,
  path: readonly string[],
): Template {
  const all = [...values.values()];
  const [first] = all;
  const hole: Hole = { kind: 'hole', path, values, isOptional: values.size < count };
  const key = path.at(-1) ?? '';
  // A container's; in a Role it is a list of another meaning.
  const isAlwaysValue = ALWAYS_VALUES.includes(key) || (key === 'resources' && all.every(isMap));
  if (first === undefined || hole.isOptional || isAlwaysValue) return hole;
  if (all.every(isList)) {
    const length = Math.max(...all.map(({ length }) => length));
    if (length === 0) return { kind: 'same', value: first };
    return {
      kind: 'list',
      items: Array.from({ length }, (_, index) =>
        templateOf(
          select(values, (value) => (value as readonly Json[])[index]),
          count,
          path,
        ),
      ),
    };
  }
  if (all.every(isMap)) {
    const keys = [...new Set(all.flatMap((value) => Object.keys(value)))];
    if (keys.length === 0) return { kind: 'same', value: first };
    return {
      kind: 'map',
      fields: keys.map((key) => [
        key,
        templateOf(
          select(values, (value) => (value as Record<string, Json>)[key]),
          count,
          [...path, key],
        ),
      ]),
    };
  }
  return all.every((value) => isDeepStrictEqual(value, first)) ? { kind: 'same', value: first } : hole;
}

function select(
  values: ReadonlyMap<string, Json>,
  part: (value: Json) => Json | undefined,
): ReadonlyMap<string, Json> {
  return new Map(
    [...values].flatMap(([environment, value]) => {
      const selected = part(value);
      return selected === undefined ? [] : [[environment, selected] as const];
    }),
  );
}

export function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}

export function isMap(value: Json): value is Readonly<Record<string, Json>> {
  return typeof value === 'object' && value !== null && !isList(value);
}
