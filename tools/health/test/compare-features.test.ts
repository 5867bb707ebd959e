import { compareFeatures } from '../src/features/compare-features.js';
import type { FeatureList } from '../src/features/feature-list.js';
import { features, find } from './features.js';

const prompt = (over: object = {}) => ({ name: 'ask', arguments: [{ name: 'topic' }], ...over });

const CASES: readonly (readonly [string, Partial<FeatureList>, Partial<FeatureList>, readonly string[]])[] = [
  ['nothing', { tools: [find()] }, { tools: [find()] }, []],
  ['a tool less', { tools: [find()] }, {}, ['breaks: tool find removed']],
  ['a tool more', {}, { tools: [find()] }, ['compatible: tool find added']],
  [
    'another description',
    { tools: [find()] },
    { tools: [find({ description: 'Finds all.' })] },
    ['compatible: tool find changed: description "Finds.", now "Finds all."'],
  ],
  [
    'a new required argument',
    { tools: [find()] },
    {
      tools: [
        find({
          inputSchema: {
            properties: { query: { type: 'string' }, limit: { type: 'integer' }, in: {} },
            required: ['query', 'in'],
            type: 'object',
          },
        }),
      ],
    },
    ['breaks: tool find changed: argument in new and required'],
  ],
  [
    'no longer read-only',
    { tools: [find({ annotations: { readOnlyHint: true } })] },
    { tools: [find()] },
    ['may break: tool find changed: readOnlyHint true, now nothing'],
  ],
  [
    'now read-only',
    { tools: [find()] },
    { tools: [find({ annotations: { readOnlyHint: true, destructiveHint: false } })] },
    ['compatible: tool find changed: destructiveHint nothing, now false, readOnlyHint nothing, now true'],
  ],
  [
    'a hint that says what holds anyway',
    { tools: [find()] },
    { tools: [find({ annotations: { readOnlyHint: false, destructiveHint: true } })] },
    [],
  ],
  [
    'results that are described no longer',
    { tools: [find({ outputSchema: { type: 'object' } })] },
    { tools: [find()] },
    ['breaks: tool find changed: results no longer described by a schema'],
  ],
  [
    'a resource of another type',
    { resources: [{ uri: 'file:///a', name: 'a', mimeType: 'text/plain' }] },
    { resources: [{ uri: 'file:///a', name: 'a', mimeType: 'text/html' }] },
    ['may break: resource file:///a changed: mimeType "text/plain", now "text/html"'],
  ],
  [
    'a resource template less',
    { resourceTemplates: [{ uriTemplate: 'repo://{owner}', name: 'repo' }] },
    {},
    ['breaks: resource template repo://{owner} removed'],
  ],
  [
    'an argument of a prompt that is now required',
    { prompts: [prompt()] },
    { prompts: [prompt({ arguments: [{ name: 'topic', required: true }] })] },
    ['breaks: prompt ask changed: argument topic now required'],
  ],
  [
    'another version of the server and the protocol',
    {},
    { server: { name: 'search', version: '1.1.0' }, protocolVersion: '2026-07-28' },
    [
      'compatible: server search changed: version "1.0.0", now "1.1.0", protocol version "2025-11-25", now "2026-07-28"',
    ],
  ],
  [
    'what breaks, first',
    { tools: [find(), find({ name: 'gone' })] },
    { tools: [find({ name: 'a-new-one' }), find({ description: '' })] },
    [
      'breaks: tool gone removed',
      'compatible: tool find changed: description "Finds.", now ""',
      'compatible: tool a-new-one added',
    ],
  ],
];

test.each(CASES)('%s', (_title, before, after, expected) => {
  const changes = compareFeatures(features(before), features(after));
  expect(
    changes.map(({ kind, name, change, impact, fields }) => {
      const list = fields.map(({ field, what }) => `${field} ${what}`).join(', ');
      return `${impact}: ${kind} ${name} ${change}${list === '' ? '' : `: ${list}`}`;
    }),
  ).toEqual(expected);
});

test('of long texts, the place where they begin to differ is shown', () => {
  const text = 'word '.repeat(100);
  const [change] = compareFeatures(
    features({ tools: [find({ description: `${text}old` })] }),
    features({ tools: [find({ description: `${text}new` })] }),
  );
  expect(change?.fields[0]?.what).toMatch(/^…"[word ]+old", now …"[word ]+new"$/);
});
