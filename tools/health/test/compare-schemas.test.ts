import { compareSchemas } from '../src/features/compare-schemas.js';

type Schema = Readonly<Record<string, unknown>>;

const string = { type: 'string' };
const object = (properties: Schema, required: readonly string[] = [], more: Schema = {}): Schema => ({
  type: 'object',
  properties,
  required,
  ...more,
});
/** A tree whose nodes refer to their own type. */
const tree = (leaf: Schema): Schema => ({
  $ref: '#/$defs/Node',
  $defs: { Node: object({ leaf, children: { type: 'array', items: { $ref: '#/$defs/Node' } } }) },
});

// By hand, from what the two schemas allow: of arguments, whether a client may still send what it did; of results,
// whether it may now get what it never got.
const CASES: readonly (readonly [
  title: string,
  before: Schema,
  after: Schema,
  argument: string,
  result: string,
])[] = [
  ['nothing', object({ a: string }), object({ a: string }), '', ''],
  ['the order of required', object({}, ['a', 'b']), object({}, ['b', 'a']), '', ''],
  ['a new property', object({}), object({ a: string }), 'compatible a: new', 'compatible a: new'],
  [
    'a new required one',
    object({}),
    object({ a: string }, ['a']),
    'breaks a: new and required',
    'compatible a: new',
  ],
  ['a removed one', object({ a: string }), object({}), 'may break a: removed', 'may break a: removed'],
  [
    'a removed required one',
    object({ a: string }, ['a']),
    object({}),
    'may break a: removed',
    'breaks a: removed',
  ],
  [
    'a removed one where nothing else is taken',
    object({ a: string }),
    object({}, [], { additionalProperties: false }),
    'breaks a: removed, and refused | may break s: further properties: true, now false',
    'may break a: removed | may break s: further properties: true, now false',
  ],
  [
    'now required',
    object({ a: string }),
    object({ a: string }, ['a']),
    'breaks a: now required',
    'compatible a: now required',
  ],
  [
    'now optional',
    object({ a: string }, ['a']),
    object({ a: string }),
    'compatible a: now optional',
    'breaks a: now optional',
  ],
  [
    'another type',
    object({ a: string }),
    object({ a: { type: 'number' } }),
    'breaks a: string, now number',
    'breaks a: string, now number',
  ],
  [
    'a narrower type',
    object({ a: { type: 'number' } }),
    object({ a: { type: 'integer' } }),
    'breaks a: number, now integer',
    'compatible a: number, now integer',
  ],
  [
    'a wider type, written as libraries for Python do',
    object({ a: string }),
    object({ a: { anyOf: [string, { type: 'null' }] } }),
    'compatible a: string, now null or string',
    'breaks a: string, now null or string',
  ],
  [
    'the same in other words',
    object({ a: { type: ['string', 'null'] } }),
    object({ a: { anyOf: [string, { type: 'null' }] } }),
    '',
    '',
  ],
  [
    'any type before',
    object({ a: {} }),
    object({ a: string }),
    'breaks a: anything, now string',
    'compatible a: anything, now string',
  ],
  [
    'one value less',
    object({ a: { enum: ['x', 'y'] } }),
    object({ a: { enum: ['x'] } }),
    'breaks a: no longer "y"',
    'compatible a: no longer "y"',
  ],
  [
    'one value more',
    object({ a: { enum: ['x'] } }),
    object({ a: { enum: ['x', 'y'] } }),
    'compatible a: now also "y"',
    'breaks a: now also "y"',
  ],
  [
    'values where any were allowed',
    object({ a: string }),
    object({ a: { type: 'string', enum: ['x'] } }),
    'breaks a: now only "x"',
    'compatible a: now only "x"',
  ],
  [
    'a higher minimum',
    object({ a: { minimum: 1 } }),
    object({ a: { minimum: 2 } }),
    'breaks a: minimum 1, now 2',
    'compatible a: minimum 1, now 2',
  ],
  [
    'no maximum any more',
    object({ a: { maxLength: 9 } }),
    object({ a: {} }),
    'compatible a: maxLength 9, now nothing',
    'breaks a: maxLength 9, now nothing',
  ],
  [
    'inside of an array of objects',
    object({ a: { type: 'array', items: object({ b: string }) } }),
    object({ a: { type: 'array', items: object({ b: string }, ['b']) } }),
    'breaks a[].b: now required',
    'compatible a[].b: now required',
  ],
  [
    'what cannot be told',
    object({ a: { pattern: '^a' } }),
    object({ a: { pattern: '^b' } }),
    'may break a: pattern "^a", now "^b"',
    'may break a: pattern "^a", now "^b"',
  ],
  [
    'words only',
    object({ a: { description: 'One.' } }),
    object({ a: { description: 'Two.' } }),
    'compatible a: description "One.", now "Two."',
    'compatible a: description "One.", now "Two."',
  ],
  [
    'a type that refers to itself',
    tree(string),
    tree({ type: 'integer' }),
    'breaks leaf: string, now integer',
    'breaks leaf: string, now integer',
  ],
  ['a reference to what is not there', { $ref: '#/$defs/None' }, {}, '', ''],
];

test.each(CASES)('%s', (_title, before, after, argument, result) => {
  for (const [direction, expected] of [
    ['argument', argument],
    ['result', result],
  ] as const) {
    const changes = compareSchemas(before, after, direction).map(
      ({ field, what, impact }) => `${impact} ${field.replace(direction, '').trim()}: ${what}`,
    );
    expect(changes.join(' | ')).toBe(expected);
  }
});
