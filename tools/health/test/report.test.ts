import { compareFeatures } from '../src/features/compare-features.js';
import { healthMarkdown, healthText, type ServerHealth } from '../src/index.js';
import { features, find } from './features.js';

const at = { stack: 'search-mcp', namespace: 'team' };
const before = features({ tools: [find(), find({ name: 'gone' })] });
const after = features({
  server: { name: 'search', version: '2.0.0' },
  tools: [
    find({ description: 'Finds `all` | @everybody <img src=x>\u001b[31m\u202e.' }),
    find({ name: 'new`one\n# heading' }),
  ],
  resourceTemplates: [{ uriTemplate: 'a://{b}', name: 'b' }],
});
const servers: readonly ServerHealth[] = [
  { ...at, name: 'mcp-search', result: 'listed', features: after, changes: compareFeatures(before, after) },
  { ...at, name: 'mcp-same', result: 'listed', features: before, changes: [] },
  { ...at, name: 'mcp-first', result: 'listed', features: before, notRecorded: 'its list is too long' },
  { ...at, name: 'mcp-locked', result: 'needs token' },
  { ...at, name: 'mcp-off', result: 'not deployed' },
  {
    ...at,
    name: 'mcp-mute',
    result: 'no answer',
    problem: {
      where: 'MCP server team/mcp-mute',
      found: 'socket hang up',
      expected: 'an answer',
      remedy: 'look',
    },
  },
];

test('for a terminal', () => {
  const text = healthText(servers);
  expect(text).toMatchSnapshot();
  // eslint-disable-next-line no-control-regex
  expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e]/);
});

test('for a comment, with nothing of a server outside of code', () => {
  const markdown = healthMarkdown(servers);
  expect(markdown).toMatchSnapshot();
  expect(markdown.replace(/(`+)[^`](.*?[^`])?\1(?!`)/g, '')).not.toMatch(/@everybody|<img|heading/);
});
