import { isDeepStrictEqual } from 'node:util';
import { type Json } from '../objects/object-set.js';
import { identifier, uniqueName } from './chain-template.js';
import { type Hole } from './template.js';

/** The values of one stack's environments, each named once however often it is used. */
export class ValueNames<T> {
  readonly #print: (value: Json, hole: Hole) => T;
  readonly #named = new Map<string, ReadonlyMap<string, T>>();
  readonly #taken = new Set<string>();

  /** @param print How a value is written, for where it is used. */
  constructor(print: (value: Json, hole: Hole) => T) {
    this.#print = print;
  }

  nameOf(hole: Hole): string {
    const values = new Map([...hole.values].map(([key, value]) => [key, this.#print(value, hole)]));
    for (const [name, known] of this.#named) {
      const agrees = [...values].every(([key, value]) => isDeepStrictEqual(known.get(key), value));
      // Where it is absent, an optional value must be absent here too.
      if (agrees && (!hole.isOptional || known.size === values.size)) return name;
    }
    const name = uniqueName(identifier(hole.path.at(-1) ?? 'value'), this.#taken);
    this.#named.set(name, values);
    return name;
  }

  /** The values of an environment by name. */
  valuesOf(environment: string): readonly (readonly [name: string, value: T])[] {
    return [...this.#named].flatMap(([name, values]) => {
      const value = values.get(environment);
      return value === undefined ? [] : [[name, value] as const];
    });
  }
}
