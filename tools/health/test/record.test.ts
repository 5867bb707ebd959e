import { randomBytes } from 'node:crypto';
import { contentOf, parsed } from '../src/cluster/feature-record.js';
import { features, find } from './features.js';

/** What the API server refuses to keep in one ConfigMap, in bytes. */
const MIB = 2 ** 20;

const words = (bytes: number) => features({ tools: [find({ description: 'word '.repeat(bytes / 5) })] });

test.each([
  ['small', words(1000), 'data'],
  ['larger than a ConfigMap', words(3 * MIB), 'binaryData'],
] as const)('a list that is %s is kept, and read again', (_title, list, where) => {
  const content = contentOf(list);
  expect(Object.keys(content ?? {})).toEqual([where]);
  expect(JSON.stringify(content).length).toBeLessThan(MIB);
  expect(parsed(content ?? {})).toEqual(list);
});

test('one that does not fit even compressed is not kept', () => {
  const noise = randomBytes(2 * MIB).toString('base64');
  expect(contentOf(features({ tools: [find({ description: noise })] }))).toBeUndefined();
});

test.each([
  ['nothing', {}],
  ['no JSON', { data: { 'features.json': '{' } }],
  ['another form', { data: { 'features.json': '{"tools":{}}' } }],
  ['no gzip', { binaryData: { 'features.json.gz': 'AAAA' } }],
])('a record with %s counts as none', (_title, content) => {
  expect(parsed(content)).toBeUndefined();
});
