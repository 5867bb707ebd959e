import { isDeepStrictEqual } from 'node:util';
import { describeChange } from './describe-change.js';
import type { FieldChange, Impact } from './field-change.js';

type Schema = Readonly<Record<string, unknown>>;

/** Who makes the values that a schema describes: of arguments the client, of results the server. */
export type Direction = 'argument' | 'result';

/**
 * What changed in a JSON Schema, for clients that were written for the former one: for arguments, taking less than
 * before breaks them; for results, giving what was not announced before does.
 *
 * Decided are types, properties, `required`, `enum` and bounds, in objects, arrays and references inside of the schema.
 * A difference in anything else, such as `pattern` or `anyOf`, may break.
 */
export function compareSchemas(before: Schema, after: Schema, direction: Direction): FieldChange[] {
  const comparison = new Comparison(before, after, direction);
  comparison.compare(before, after, '');
  return comparison.changes;
}

/** Keywords with a meaning of their own below; and those that say nothing about values. */
const HANDLED = new Set([
  ...['type', 'properties', 'required', 'items', 'enum', 'const', 'additionalProperties', 'description'],
  ...[
    'title',
    'default',
    '$ref',
    '$defs',
    'definitions',
    '$schema',
    '$id',
    '$comment',
    'examples',
    'nullable',
  ],
]);

/** Bounds, and whether a greater number allows less. */
const BOUNDS: Readonly<Record<string, boolean>> = {
  minimum: true,
  exclusiveMinimum: true,
  minLength: true,
  minItems: true,
  minProperties: true,
  maximum: false,
  exclusiveMaximum: false,
  maxLength: false,
  maxItems: false,
  maxProperties: false,
};

class Comparison {
  readonly changes: FieldChange[] = [];
  readonly #roots: readonly [Schema, Schema];
  readonly #direction: Direction;
  /** Pairs that are being compared: recursive types end there. */
  readonly #open = new Set<string>();

  constructor(before: Schema, after: Schema, direction: Direction) {
    this.#roots = [before, after];
    this.#direction = direction;
  }

  compare(oneBefore: unknown, oneAfter: unknown, path: string): void {
    const references = JSON.stringify([refOf(oneBefore), refOf(oneAfter)]);
    if (references !== '[null,null]') {
      if (this.#open.has(references)) return;
      this.#open.add(references);
    }
    const before = simplified(resolved(oneBefore, this.#roots[0]));
    const after = simplified(resolved(oneAfter, this.#roots[1]));
    this.#texts(before, after, path);
    this.#types(before, after, path);
    this.#values(before, after, path);
    this.#properties(before, after, path);
    this.#additional(before, after, path);
    if (before.items !== undefined || after.items !== undefined) {
      this.compare(before.items ?? {}, after.items ?? {}, `${path}[]`);
    }
    this.#others(before, after, path);
    this.#open.delete(references);
  }

  /** @param narrowed Whether values that were allowed are not any more. @param widened The other way round. */
  #add(path: string, what: string, { narrowed, widened }: { narrowed: boolean; widened: boolean }): void {
    const bad = this.#direction === 'argument' ? narrowed : widened;
    this.#note(path, what, bad ? 'breaks' : 'compatible');
  }

  #note(path: string, what: string, impact: Impact): void {
    const field = path === '' ? `${this.#direction}s` : `${this.#direction} ${path}`;
    this.changes.push({ field, what, impact });
  }

  #texts(before: Schema, after: Schema, path: string): void {
    for (const key of ['title', 'description', 'default']) {
      if (isDeepStrictEqual(before[key], after[key])) continue;
      this.#note(path, `${key} ${describeChange(before[key], after[key])}`, 'compatible');
    }
  }

  #types(before: Schema, after: Schema, path: string): void {
    const [was, is] = [typesOf(before), typesOf(after)];
    const narrowed = !covers(is, was);
    const widened = !covers(was, is);
    if (narrowed || widened) this.#add(path, `${typeText(was)}, now ${typeText(is)}`, { narrowed, widened });
  }

  #values(before: Schema, after: Schema, path: string): void {
    const [was, is] = [allowed(before), allowed(after)];
    const lost = was === undefined ? [] : was.filter((one) => is !== undefined && !has(is, one));
    const gained = is === undefined ? [] : is.filter((one) => was !== undefined && !has(was, one));
    const list = (values: readonly unknown[]) => values.map((value) => JSON.stringify(value)).join(', ');
    if (was === undefined && is !== undefined)
      this.#add(path, `now only ${list(is)}`, { narrowed: true, widened: false });
    if (was !== undefined && is === undefined)
      this.#add(path, 'now any value', { narrowed: false, widened: true });
    if (lost.length > 0) this.#add(path, `no longer ${list(lost)}`, { narrowed: true, widened: false });
    if (gained.length > 0) this.#add(path, `now also ${list(gained)}`, { narrowed: false, widened: true });
    for (const [bound, greaterAllowsLess] of Object.entries(BOUNDS)) {
      const [old, now] = [before[bound], after[bound]];
      if (old === now) continue;
      const what = `${bound} ${describeChange(old, now)}`;
      const none = greaterAllowsLess ? -Infinity : Infinity;
      const [from, to] = [numberOr(old, none), numberOr(now, none)];
      const less = greaterAllowsLess ? to > from : to < from;
      this.#add(path, what, { narrowed: less, widened: !less });
    }
  }

  #properties(before: Schema, after: Schema, path: string): void {
    const [was, is] = [recordOf(before.properties), recordOf(after.properties)];
    const [mustBefore, mustAfter] = [namesOf(before.required), namesOf(after.required)];
    for (const name of new Set([...Object.keys(was), ...Object.keys(is)])) {
      const inner = path === '' ? name : `${path}.${name}`;
      const isArgument = this.#direction === 'argument';
      if (!Object.hasOwn(was, name)) {
        const must = isArgument && mustAfter.has(name);
        this.#note(inner, must ? 'new and required' : 'new', must ? 'breaks' : 'compatible');
      } else if (!Object.hasOwn(is, name)) {
        const refused = isArgument ? after.additionalProperties === false : mustBefore.has(name);
        this.#note(
          inner,
          refused && isArgument ? 'removed, and refused' : 'removed',
          refused ? 'breaks' : 'may break',
        );
      } else {
        if (mustBefore.has(name) !== mustAfter.has(name)) {
          const now = mustAfter.has(name);
          this.#add(inner, now ? 'now required' : 'now optional', { narrowed: now, widened: !now });
        }
        this.compare(was[name], is[name], inner);
      }
    }
  }

  #additional(before: Schema, after: Schema, path: string): void {
    const [was, is] = [before.additionalProperties ?? true, after.additionalProperties ?? true];
    if (typeof was === 'object' && typeof is === 'object')
      this.compare(was, is, path === '' ? '*' : `${path}.*`);
    else if (!isDeepStrictEqual(was, is)) {
      const what = `further properties: ${describeChange(was, is)}`;
      // Who sends what the schema names is not concerned.
      this.#note(path, what, is === true || was === false ? 'compatible' : 'may break');
    }
  }

  #others(before: Schema, after: Schema, path: string): void {
    for (const key of new Set([...Object.keys(before), ...Object.keys(after)])) {
      if (HANDLED.has(key) || Object.hasOwn(BOUNDS, key) || isDeepStrictEqual(before[key], after[key]))
        continue;
      this.#note(path, `${key} ${describeChange(before[key], after[key])}`, 'may break');
    }
  }
}

function refOf(schema: unknown): string | null {
  const reference = recordOf(schema).$ref;
  return typeof reference === 'string' ? reference : null;
}

/** A schema, or what its reference (`#/$defs/Item`) stands for; `{}` allows everything, as `true` does. */
function resolved(schema: unknown, root: Schema): Schema {
  let current = schema;
  for (let hops = 0; hops < 20; hops += 1) {
    const reference = refOf(current);
    if (reference === null) return current === false ? { not: {} } : recordOf(current);
    if (!reference.startsWith('#')) return recordOf(current);
    const beside = without(recordOf(current), '$ref');
    let target: unknown = root;
    for (const part of reference.slice(1).split('/').slice(1)) {
      target = recordOf(target)[part.replaceAll('~1', '/').replaceAll('~0', '~')];
    }
    current = { ...recordOf(target), ...beside };
  }
  return {};
}

/** `anyOf: [{ type: string }, { type: null }]`, as some libraries write an optional value, as `type: [string, null]`. */
function simplified(schema: Schema): Schema {
  for (const key of ['anyOf', 'oneOf'] as const) {
    const members = schema[key];
    if (!Array.isArray(members) || schema.type !== undefined) continue;
    const real = members.filter((one) => !isDeepStrictEqual(one, { type: 'null' })).map(recordOf);
    const hasNull = real.length < members.length;
    const rest = without(schema, key);
    const nullable = hasNull ? ['null'] : [];
    const [only] = real;
    if (only?.type !== undefined && real.length === 1 && only.enum === undefined && only.const === undefined)
      return { ...only, ...rest, type: [...listOf(only.type), ...nullable] };
    if (real.every((one) => one.type !== undefined && Object.keys(one).length === 1))
      return { ...rest, type: [...real.flatMap(({ type }) => listOf(type)), ...nullable] };
  }
  return schema;
}

/** The types that a schema allows; `undefined`: any. */
function typesOf({ type }: Schema): readonly string[] | undefined {
  return type === undefined ? undefined : [...new Set(listOf(type).map(String))].sort();
}

function typeText(types: readonly string[] | undefined): string {
  return types?.join(' or ') ?? 'anything';
}

/** Whether all values of some types are values of others. */
function covers(all: readonly string[] | undefined, some: readonly string[] | undefined): boolean {
  if (all === undefined) return true;
  return some?.every((one) => all.includes(one) || (one === 'integer' && all.includes('number'))) ?? false;
}

function allowed(schema: Schema): readonly unknown[] | undefined {
  if (Array.isArray(schema.enum)) return schema.enum as unknown[];
  return schema.const === undefined ? undefined : [schema.const];
}

function has(values: readonly unknown[], value: unknown): boolean {
  return values.some((one) => isDeepStrictEqual(one, value));
}

function numberOr(value: unknown, otherwise: number): number {
  return typeof value === 'number' ? value : otherwise;
}

function without(schema: Schema, key: string): Schema {
  return Object.fromEntries(Object.entries(schema).filter(([name]) => name !== key));
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [value];
}

function namesOf(value: unknown): ReadonlySet<unknown> {
  return new Set(Array.isArray(value) ? value : []);
}

function recordOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : {};
}
