import * as fc from 'fast-check';
import { parse } from 'yaml';
import { toYaml } from '../src/manifests/manifest-yaml.js';

/** Texts that some version of YAML reads as something else. */
const TRICKY = [
  'yes',
  'No',
  'on',
  'OFF',
  'y',
  'n',
  'true',
  'null',
  '~',
  '',
  '=',
  '<<',
  '0777',
  '0o17',
  '0x1f',
  '1_000',
  '1e3',
  '.5',
  '+1',
  '-0',
  '12:30',
  '190:20:30',
  '2001-01-01',
  '2001-01-01 10:00:00',
  '.inf',
  '.NaN',
  '8080',
  '0b11',
  '- a',
  '? a',
  ': a',
  'a: b',
  'a #b',
  '# a',
  '&a',
  '*a',
  '!a',
  '|',
  '>',
  '%a',
  '@a',
  '`a',
  '{a}',
  '[a]',
  ' a',
  'a ',
  'a\n',
  '\na',
  'a\n\nb\n',
  'a\tb',
  '"',
  "'",
  '---',
  '...',
  'a\r\nb',
];

const text = fc.oneof(fc.constantFrom(...TRICKY), fc.string(), fc.string({ unit: 'grapheme' }));
const value = fc.oneof(text, fc.integer(), fc.boolean());
// No key of a Kubernetes object may contain `<`, and YAML 1.1 merges what stands at the key `<<`.
const key = text.filter((name) => name !== '__proto__' && name !== '<<');

test.each(['1.1', '1.2'] as const)('what is written is read as the same by YAML %s', (version) => {
  fc.assert(
    fc.property(fc.dictionary(key, fc.oneof(value, fc.array(value), fc.dictionary(key, value))), (object) => {
      const read: unknown = parse(toYaml(object), { version, merge: true });
      expect(read).toEqual(Object.fromEntries(Object.entries(object)));
    }),
    { numRuns: 2000 },
  );
});
