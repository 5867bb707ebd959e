import { LIMIT, MARKER, pullRequestComment } from '../src/comment/pull-request-comment.js';
import { readPreviews } from '../src/comment/read-previews.js';
import { compareRenderings } from '../src/compare/compare-renderings.js';
import { renderedObject } from '../src/compare/rendered-object.js';
import { type Rendering } from '../src/compare/rendering.js';
import { SAMPLE, SECRET_VALUE } from './support/sample.js';
import { temporaryFolders } from './support/temporary-folders.js';

const folder = temporaryFolders();

const options = {
  comparison: compareRenderings(SAMPLE.base, SAMPLE.head),
  head: SAMPLE.head,
  commit: '0b1c2d3e4f',
  base: 'main (1a2b3c4d5e)',
};

/** A step as Pulumi 3.259 writes it, with what is not read. */
const step = (op: string, type: string, name: string, more: object = {}) => {
  const state = {
    custom: true,
    id: `tools/${name}`,
    inputs: {
      kind: type.split(':').at(-1),
      metadata: { name, namespace: 'tools' },
      stringData: {
        '4dabf18193072939515e22adb298388d': '1b47061264138c4ac30d75fd1eb44270',
        plaintext: SECRET_VALUE,
      },
    },
  };
  return {
    op,
    urn: `urn:pulumi:dev::github::${type}::${name}`,
    [op === 'delete' ? 'oldState' : 'newState']: state,
    ...more,
  };
};

test('a change that only renders know of', () => {
  const projects = [
    { name: 'package-lock.json' },
    { name: 'k8s-app', usedBy: new Set(['k8s-app', 'github', 'still']) },
    { name: 'bench', usedBy: new Set(['bench']) },
  ];
  const comment = pullRequestComment({ ...options, projects, pageUrl: 'https://example.com/page' });
  expect(comment).toMatchSnapshot();
  expect(comment.startsWith(`${MARKER}\n`)).toBe(true);
  expect(comment).not.toContain(SECRET_VALUE);
});

test('where the engine was asked, its steps count: with what is deployed, and why it replaces', () => {
  const previews = readPreviews(
    folder({
      'dev/github.json': JSON.stringify({
        steps: [
          step('same', 'kubernetes:core/v1:ServiceAccount', 'account'),
          step('update', 'pulumi:providers:kubernetes', 'cluster'),
          step('create-replacement', 'kubernetes:apps/v1:Deployment', 'github', {
            replaceReasons: ['spec.selector'],
          }),
          step('replace', 'kubernetes:apps/v1:Deployment', 'github', { replaceReasons: ['spec.selector'] }),
          step('delete-replaced', 'kubernetes:apps/v1:Deployment', 'github'),
          step('update', 'kubernetes:core/v1:Service', 'edited-by-hand'),
          step('create', 'random:index/randomPassword:RandomPassword', 'password', {
            newState: { custom: true, inputs: { length: 32 } },
          }),
        ],
      }),
    }),
  );
  const comment = pullRequestComment({ ...options, previews });
  expect(comment).toContain('| dev | `base` |  | **1** |  |  | render only |');
  expect(comment).toContain('| dev | `github` | **1** | **1** | **1** |  | the engine |');
  expect(comment).toContain(
    '**replace** `Deployment tools/github`: `spec.selector` cannot be changed in place',
  );
  expect(comment).toContain(
    '`ConfigMap tools/comes` differs in the manifests, and is so already where it is deployed',
  );
  expect(comment).toMatch(
    /what is deployed does:\n\n- \*\*change\*\* `Service tools\/edited-by-hand`\n- \*\*create\*\* `random:/,
  );
  expect(comment).not.toContain(SECRET_VALUE);
});

test('nothing changes', () => {
  const same = { ...options, comparison: compareRenderings(SAMPLE.head, SAMPLE.head) };
  expect(pullRequestComment(same)).toMatchInlineSnapshot(`
    "<!-- mcp-stacks preview -->
    ### Preview: nothing changes

    \`0b1c2d3e4f\` compared with \`main (1a2b3c4d5e)\`

    Unchanged: \`base\` in dev; \`github\` in dev; \`still\` in dev

    <sub>The manifests were compared. Values of Secrets are never shown.</sub>
    "
  `);
});

test.each([
  ['large diffs', 12, 12_000],
  ['more objects than names fit', 3000, 10],
])('never longer than GitHub takes: %s', (_name, count, size) => {
  const head: Rendering = {
    environments: [
      {
        name: 'dev',
        stacks: [
          {
            stack: 'large',
            objects: Array.from({ length: count }, (_, index) => {
              const metadata = { name: `m${index}`, namespace: 'tools' };
              return renderedObject(
                { apiVersion: 'v1', kind: 'ConfigMap', metadata },
                'x: y\n'.repeat(size / 5),
              );
            }),
          },
        ],
      },
    ],
  };
  const comparison = compareRenderings({ environments: [] }, head);
  const comment = pullRequestComment({ ...options, comparison, head, pageUrl: 'https://example.com' });
  expect(comment.length).toBeLessThanOrEqual(LIMIT);
  expect(comment).toMatch(/\*\*\d+ diffs are left out here, for want of room\*\*: see \[the page\]/);
  expect(comment).toContain('`ConfigMap tools/m0`');
  expect(comment.match(/<details>/g)).toHaveLength(comment.match(/<\/details>/g)?.length ?? 0);
});

test('what is no preview is refused, all at once', () => {
  const root = folder({ 'dev/a.json': '{', 'dev/b.json': '[]' });
  expect(() => readPreviews(root)).toThrow(/: 2 problems[^]*a\.json[^]*b\.json/);
  expect(() => readPreviews('/nowhere')).toThrow('no such folder');
});
