import { readWorkspace } from '@mcp-stacks/workspace';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { nx, root } from './nx.js';

/** All stacks, and what tests and measures all together. Read, so that a new server's stack is in every row that it belongs to. */
const stacks = [...readWorkspace(root).stacks.map(({ name }) => name), 'bench', 'e2e'];
const servers = stacks.filter((name) => name !== 'namespace-rbac');

/** A file that somebody touches → every project that `nx affected` then names. */
const table: [file: string, projects: string[] | 'all'][] = [
  // A stack: it and what builds on it.
  ['stacks/github-mcp/src/index.ts', ['github-mcp', 'bench', 'e2e']],
  ['stacks/github-mcp/Pulumi.dev.yaml', ['github-mcp', 'bench', 'e2e']],
  ['stacks/pulumi-mcp/src/config.ts', ['pulumi-mcp', 'bench', 'e2e']],
  ['stacks/namespace-rbac/src/index.ts', stacks],
  ['stacks/namespace-rbac/Pulumi.prod.yaml', stacks],
  ['stacks/namespace-rbac/Pulumi.yaml', stacks],
  // This very table depends on who depends on whom.
  ['stacks/github-mcp/package.json', ['github-mcp', 'bench', 'e2e', 'nx-pulumi']],

  // A library: every stack that uses it, and the libraries and tools between.
  [
    'libs/k8s-app/src/index.ts',
    [
      'k8s-app',
      'mcp-inspector',
      'mcp-server',
      'mcp-server-config',
      'render',
      'health',
      'engine',
      'report',
      ...stacks,
    ],
  ],
  ['libs/mcp-inspector/src/index.ts', ['mcp-inspector', 'mcp-server', 'mcp-server-config', ...servers]],
  ['libs/mcp-server/src/index.ts', ['mcp-server', 'mcp-server-config', ...servers]],
  ['libs/mcp-server-config/src/index.ts', ['mcp-server-config', ...servers]],
  ['libs/monitoring/src/index.ts', ['monitoring', 'mcp-server', 'mcp-server-config', ...servers]],
  ['libs/namespace-contract/src/index.ts', ['namespace-contract', 'mcp-server-config', ...stacks]],
  [
    'libs/stack/src/index.ts',
    [
      'stack',
      'namespace-contract',
      'mcp-server-config',
      'render',
      'health',
      'engine',
      'report',
      'config-docs',
      ...stacks,
    ],
  ],
  // Nx affects whole projects; the cache is what keeps a dependant's tasks from running again.
  ['libs/mcp-server/jest.config.cjs', ['mcp-server', 'mcp-server-config', ...servers]],

  // Tools: what renders may change every stack's manifests; what drives the engine, which renders too, changes none.
  ['tools/render/src/index.ts', ['render', 'health', 'engine', 'report', ...stacks]],
  [
    'tools/workspace/src/index.ts',
    [
      'workspace',
      'kube-context',
      'health',
      'engine',
      'nx-pulumi',
      'release',
      'render',
      'report',
      'config-docs',
      ...stacks,
    ],
  ],
  ['tools/engine/src/index.ts', ['engine', 'bench', 'e2e']],
  ['tools/health/src/index.ts', ['health', 'engine', 'bench', 'e2e', 'report']],
  ['tools/kube-context/src/index.ts', ['kube-context', 'health', 'engine', 'bench', 'e2e', 'report']],
  ['tools/report/src/index.ts', ['report', 'e2e']],
  ['tools/nx-pulumi/src/index.ts', ['nx-pulumi', 'e2e']],
  ['tools/release/src/index.ts', ['release', 'e2e']],
  ['e2e/chain/prod-values.test.ts', ['e2e']],
  // The tests of the workflows read them.
  ['.github/workflows/main.yml', ['e2e']],
  ['e2e/release/consumer/package.json', []],

  // What all share.
  ['environments.yaml', [...stacks, 'nx-pulumi']],
  ['nx.json', 'all'],
  ['package-lock.json', 'all'],
  ['tsconfig.base.json', 'all'],

  // Prose and what only editors read: none.
  ['README.md', []],
  ['libs/k8s-app/README.md', []],
  ['libs/k8s-app/CHANGELOG.md', []],
  ['stacks/github-mcp/README.md', []],
  ['docs/operations.md', []],
  ['.editorconfig', []],
  ['.prettierrc.json', []],
  ['.ci/run', []],
];

let all: string[];
beforeAll(async () => {
  all = lines(await nx(['show', 'projects'], false));
});

test.each(table)('%s', async (file, projects) => {
  // A row about a file that has moved would prove nothing.
  if (projects.length > 0) expect(existsSync(join(root, file))).toBe(true);
  const affected = lines(await nx(['show', 'projects', '--affected', `--files=${file}`], true));
  expect(affected).toEqual(projects === 'all' ? all : [...projects].sort());
});

function lines(output: string): string[] {
  return output.split('\n').filter(Boolean).sort();
}
