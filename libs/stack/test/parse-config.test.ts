import { record, SecretValue } from '@mcp-stacks/recorder';
import { z } from 'zod';
import { crossCheck, defineConfig, jsonSchemaOf, parseConfig, secretString } from '../src/index.js';

const config = defineConfig(
  'shop',
  {
    title: z
      .string()
      .min(3)
      .meta({ description: 'What it is called.', examples: ['bakery'] }),
    color: z.enum(['red', 'green']).default('red'),
    size: z
      .strictObject({
        width: z.int().min(1).meta({ expected: 'a whole number of metres' }),
        unit: z.string().regex(/^k?m$/).default('m'),
      })
      .optional(),
    doors: z.array(z.strictObject({ name: z.string() })).default([]),
    kind: z
      .discriminatedUnion('type', [
        z.strictObject({ type: z.literal('open'), hours: z.number() }),
        z.strictObject({
          type: z.literal('shut'),
          hours: z.never().optional().meta({ expected: 'nothing: it is shut' }),
        }),
      ])
      .default({ type: 'shut' }),
    probe: z
      .union([z.literal('tcp'), z.strictObject({ path: z.string() })])
      .default('tcp')
      .meta({ expected: 'tcp, or path:' }),
    token: secretString().optional(),
  },
  crossCheck((value, report) => {
    if (value.color === 'green' && value.title === 'red')
      report(['color'], 'a colour as in the title', 'say color: red');
  }),
);

function parse(values: Record<string, string>, secretKeys: string[] = []) {
  return record(() => ({ parsed: parseConfig(config) }), {
    project: 'shop',
    stack: 'dev',
    config: values,
    secretKeys,
  });
}

test('values come typed, with defaults, and a secret stays one', async () => {
  const { outputs } = await parse(
    { 'shop:title': '123', 'shop:size': '{"width":2}', 'shop:token': 'hunter2', 'pulumi:tags': '{}' },
    ['shop:token'],
  );
  const parsed = outputs.parsed as Record<string, unknown>;
  expect(parsed).toMatchObject({
    title: '123',
    color: 'red',
    size: { width: 2, unit: 'm' },
    kind: { type: 'shut' },
  });
  expect(parsed.token).toBeInstanceOf(SecretValue);
});

test.each<[string, Record<string, string>, string]>([
  [
    'a missing key',
    {},
    'shop:title|nothing|a text|add title, for example title: "bakery" (What it is called.)',
  ],
  [
    'too short',
    { 'shop:title': 'ab' },
    'shop:title|"ab"|at least 3 characters|change title, for example title: "bakery" (What it is called.)',
  ],
  [
    'a misspelt key',
    { 'shop:title': 'abc', 'shop:tittle': 'x' },
    'shop:tittle|the unknown key "tittle"|one of title, color, size, doors, kind, probe, token|did you mean title?',
  ],
  [
    'a strange key',
    { 'shop:title': 'abc', 'shop:zzz': 'x' },
    'shop:zzz|the unknown key "zzz"|one of title, color, size, doors, kind, probe, token|remove it, or see the config reference for the key that says what you mean',
  ],
  [
    'a misspelt project',
    { 'shop:title': 'abc', 'shpo:color': 'red' },
    'shpo:color|a key of "shpo"|keys that start with shop:|did you mean shop?',
  ],
  [
    'a cluster by another door',
    { 'shop:title': 'abc', 'kubernetes:context': 'x' },
    'kubernetes:context|a key of "kubernetes"|keys that start with shop:|name the cluster in shop:cluster',
  ],
  [
    'a misspelt choice',
    { 'shop:title': 'abc', 'shop:color': 'gren' },
    'shop:color|"gren"|one of red, green|did you mean green?',
  ],
  [
    'a text for a number',
    { 'shop:title': 'abc', 'shop:size': '{"width":"2"}' },
    'shop:size.width|"2"|a whole number of metres|change width',
  ],
  [
    'a list for a mapping',
    { 'shop:title': 'abc', 'shop:size': '[1]' },
    'shop:size|[1]|a mapping of keys to values|change size',
  ],
  [
    'a text for a mapping',
    { 'shop:title': 'abc', 'shop:size': 'big' },
    'shop:size|"big"|a mapping of keys to values|change size',
  ],
  [
    'an unknown key inside',
    { 'shop:title': 'abc', 'shop:size': '{"width":1,"widht":2}' },
    'shop:size.widht|the unknown key "widht"|one of width, unit|did you mean width?',
  ],
  [
    'an entry of a list',
    { 'shop:title': 'abc', 'shop:doors': '[{"name":"a"},{}]' },
    'shop:doors[1].name|nothing|a text|add name',
  ],
  [
    'a wrong form',
    { 'shop:title': 'abc', 'shop:size': '{"width":1,"unit":"mile"}' },
    'shop:size.unit|"mile"|text of the form /^k?m$/|change unit',
  ],
  [
    'an unknown variant',
    { 'shop:title': 'abc', 'shop:kind': '{"type":"opn"}' },
    'shop:kind.type|"opn"|one of open, shut|did you mean open?',
  ],
  [
    'a key that this variant refuses',
    { 'shop:title': 'abc', 'shop:kind': '{"type":"shut","hours":3}' },
    'shop:kind.hours|3|nothing: it is shut|remove hours',
  ],
  [
    'neither of two forms',
    { 'shop:title': 'abc', 'shop:probe': '5' },
    'shop:probe|5|tcp, or path:|change probe',
  ],
  [
    'the fitting one of two forms',
    { 'shop:title': 'abc', 'shop:probe': '{"pth":"/"}' },
    'shop:probe.path|nothing|a text|add path',
  ],
  [
    'keys that do not go together',
    { 'shop:title': 'red', 'shop:color': 'green' },
    'shop:color|"green"|a colour as in the title|say color: red',
  ],
  [
    'a secret in plain text',
    { 'shop:title': 'abc', 'shop:token': 'hunter2' },
    "shop:token|a value in plain text|a secret, which the file holds encrypted as secure:|pulumi config set --secret shop:token, and take the plain value out of the file's history",
  ],
])('%s', async (_what, values, expected) => {
  const error = await parse(values).catch((thrown: unknown) => thrown);
  const { problems } = error as {
    problems: { where: string; found: string; expected: string; remedy: string }[];
  };
  expect(
    problems.map(({ where, found, expected: wanted, remedy }) => [where, found, wanted, remedy].join('|'))[0],
  ).toBe(expected);
  expect(String(error)).not.toContain('hunter2');
});

test('all problems come at once, and a secret inside a plain value is refused without showing it', async () => {
  const run = parse(
    { 'shop:size': '{"width":0,"unit":"hunter2"}', 'shop:color': 'green', 'shop:colour': 'red' },
    ['shop:size'],
  );
  await expect(run).rejects.toThrow(
    'Pulumi.dev.yaml of shop: 3 problems\n\n' +
      '  1. shop:size\n       found:    a secret (secure:) somewhere in it\n',
  );
  await expect(run).rejects.not.toThrow('hunter2');
});

test('the JSON Schema of the file', () => {
  expect(jsonSchemaOf(config)).toMatchSnapshot();
});
