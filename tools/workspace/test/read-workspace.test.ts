import { ProblemsError } from '@mcp-stacks/problem';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { findWorkspaceRoot, readUpstreams, readWorkspace, upstreamClosure } from '../src/index.js';

/** Files by path; `null` removes one of the good workspace's. */
type Files = Record<string, string | null>;

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'workspace-'));
});
afterEach(() => {
  rmSync(root, { recursive: true });
});

/** A chain a ← b ← d, a ← c, whose names do not stand in its order. */
function stack(
  name: string,
  upstreams: string[],
  environments = ['dev', 'prod'],
  tags = ['type:stack'],
): Files {
  const nx = { tags, implicitDependencies: upstreams };
  return {
    [`stacks/${name}/package.json`]: JSON.stringify({ name, nx }),
    [`stacks/${name}/Pulumi.yaml`]: `name: ${name}\nruntime: nodejs\nmain: dist/index.js\n`,
    ...Object.fromEntries(
      environments.map((env) => [`stacks/${name}/Pulumi.${env}.yaml`, 'config:\n  a:b: c\n']),
    ),
  };
}

const good: Files = {
  'nx.json': '{}',
  'environments.yaml': `
dev: { backend: local, confirm: false }
prod: { backend: { url: 's3://state', secretsProvider: 'awskms://alias/x' } }
`,
  ...stack('namespace', [], undefined, ['type:stack', 'role:administrator']),
  ...stack('github', ['namespace']),
  ...stack('alerts', ['github', 'namespace'], ['prod']),
  'stacks/removed/dist/index.js': '',
};

function write(files: Files): void {
  for (const [path, content] of Object.entries({ ...good, ...files })) {
    if (content === null) continue;
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
  }
}

test('stacks come upstream first, with what their files say', () => {
  write({ 'stacks/github/Pulumi.dev.yaml': '', 'stacks/github/assumed.dev.yaml': 'x: 1' });
  const workspace = readWorkspace(root);
  expect(workspace.stacks.map(({ name }) => name)).toEqual(['namespace', 'github', 'alerts']);
  expect(workspace.stacks[0]?.role).toBe('administrator');
  expect(workspace.stacks[2]).toEqual({
    name: 'alerts',
    folder: join(root, 'stacks/alerts'),
    path: 'stacks/alerts',
    upstreams: ['github', 'namespace'],
    role: 'deployer',
    environments: ['prod'],
    main: join(root, 'stacks/alerts/dist/index.js'),
  });
  expect(Object.fromEntries(workspace.environments)).toEqual({
    dev: { name: 'dev', backend: { kind: 'local' }, confirm: false },
    prod: {
      name: 'prod',
      backend: { kind: 'url', url: 's3://state', secretsProvider: 'awskms://alias/x' },
      confirm: true,
    },
  });
});

test('the closure holds the named stacks and all that they build on, in order', () => {
  write({ ...stack('zoo', ['namespace']) });
  const workspace = readWorkspace(root);
  const names = (...of: string[]) => upstreamClosure(workspace, of).map(({ name }) => name);
  expect(names('namespace')).toEqual(['namespace']);
  expect(names('alerts')).toEqual(['namespace', 'github', 'alerts']);
  expect(names('zoo', 'github')).toEqual(['namespace', 'github', 'zoo']);
  expect(() => upstreamClosure(workspace, ['zo'])).toThrow('one of namespace, github, alerts, zoo');
});

test('the upstreams of one stack can be read without the rest of the workspace', () => {
  write({ 'environments.yaml': ': broken' });
  expect(readUpstreams(join(root, 'stacks/alerts'))).toEqual(['github', 'namespace']);
  expect(readUpstreams(join(root, 'stacks/namespace'))).toEqual([]);
  expect(() => readUpstreams(join(root, 'stacks/nowhere'))).toThrow(ProblemsError);
});

test('the root is found from any folder below it', () => {
  write({});
  expect(findWorkspaceRoot(join(root, 'stacks/alerts'))).toBe(root);
  expect(() => findWorkspaceRoot('/')).toThrow('a folder inside the workspace');
});

const bad: [what: string, files: Files, problems: string[]][] = [
  [
    'no environments.yaml',
    {
      'environments.yaml': null,
    },
    ['environments.yaml'],
  ],
  [
    'an environment without backend',
    { 'environments.yaml': 'dev: { backend: local }\nprod: { confirm: true }' },
    ['environments.yaml: prod.backend'],
  ],
  [
    'an unknown backend',
    { 'environments.yaml': 'dev: { backend: locall }\nprod: { backend: local }' },
    ['environments.yaml: dev.backend'],
  ],
  [
    'a backend that Pulumi does not know',
    { 'environments.yaml': 'dev: { backend: { url: "ftp://x" } }\nprod: { backend: local }' },
    ['environments.yaml: dev.backend.url'],
  ],
  [
    'misspelt keys',
    {
      'environments.yaml':
        'dev: { backend: { url: "gs://x", secretProvider: y }, confrim: true }\nprod: { backend: local }',
    },
    ['environments.yaml: dev.backend.secretProvider', 'environments.yaml: dev.confrim'],
  ],
  [
    'confirm that is no boolean',
    { 'environments.yaml': 'dev: { backend: local, confirm: maybe }\nprod: { backend: local }' },
    ['environments.yaml: dev.confirm'],
  ],
  [
    'an environment name that no file can have',
    { 'environments.yaml': 'dev: { backend: local }\nprod: { backend: local }\n"a b": { backend: local }' },
    ['environments.yaml: a b'],
  ],
  [
    'environments.yaml that is a list',
    {
      'environments.yaml': '- dev',
    },
    ['environments.yaml'],
  ],
  [
    'malformed Pulumi.yaml',
    { 'stacks/github/Pulumi.yaml': 'name: [github' },
    ['stacks/github/Pulumi.yaml:1:14'],
  ],
  ['no Pulumi.yaml', { 'stacks/github/Pulumi.yaml': null }, ['stacks/github/Pulumi.yaml']],
  ['empty Pulumi.yaml', { 'stacks/github/Pulumi.yaml': '' }, ['stacks/github/Pulumi.yaml']],
  [
    'no main',
    { 'stacks/github/Pulumi.yaml': 'name: github\nruntime: nodejs' },
    ['stacks/github/Pulumi.yaml: main'],
  ],
  [
    'a program that is not compiled',
    { 'stacks/github/Pulumi.yaml': 'name: github\nmain: src/index.ts' },
    ['stacks/github/Pulumi.yaml: main'],
  ],
  [
    'another project name',
    { 'stacks/github/Pulumi.yaml': 'name: github-mcp\nmain: dist/index.js' },
    ['stacks/github/Pulumi.yaml: name'],
  ],
  [
    'another package name',
    { 'stacks/github/package.json': '{ "name": "@x/github" }' },
    ['stacks/github/package.json: name'],
  ],
  [
    'another Nx name',
    { 'stacks/github/package.json': '{ "name": "github", "nx": { "name": "gh" } }' },
    ['stacks/github/package.json: nx.name'],
  ],
  ['no package.json', { 'stacks/github/package.json': null }, ['stacks/github/package.json']],
  ['malformed package.json', { 'stacks/github/package.json': '{' }, ['stacks/github/package.json']],
  [
    'upstreams that are no list',
    { 'stacks/github/package.json': '{ "name": "github", "nx": { "implicitDependencies": "namespace" } }' },
    ['stacks/github/package.json: nx.implicitDependencies'],
  ],
  [
    'an unknown upstream',
    stack('github', ['namespce']),
    ['stacks/github/package.json: nx.implicitDependencies'],
  ],
  [
    'a role that there is not',
    stack('github', ['namespace'], undefined, ['role:admin']),
    ['stacks/github/package.json: nx.tags'],
  ],
  [
    "an administrator's stack on a deployer's",
    stack('alerts', ['github', 'namespace'], ['prod'], ['role:administrator']),
    ['stacks/alerts/package.json: nx.implicitDependencies'],
  ],
  ['a cycle', stack('namespace', ['github']), ['stacks/github/package.json: nx.implicitDependencies']],
  [
    'a stack that builds on itself',
    stack('namespace', ['namespace']),
    ['stacks/namespace/package.json: nx.implicitDependencies'],
  ],
  [
    'an unknown environment',
    { 'stacks/github/Pulumi.test.yaml': 'config:' },
    ['stacks/github/Pulumi.test.yaml'],
  ],
  [
    'config that is no mapping',
    { 'stacks/github/Pulumi.dev.yaml': 'hunter2' },
    ['stacks/github/Pulumi.dev.yaml'],
  ],
  [
    'malformed config',
    { 'stacks/github/Pulumi.dev.yaml': 'config:\n  token: "hunter2\n' },
    ['stacks/github/Pulumi.dev.yaml:3:1'],
  ],
  [
    'an upstream without the environment',
    { 'stacks/github/Pulumi.prod.yaml': null },
    ['stacks/github/Pulumi.prod.yaml'],
  ],
  [
    'everything at once',
    {
      'environments.yaml': 'dev: { backend: locall }\nprod: { backend: local }',
      'stacks/github/Pulumi.yaml': 'name: gh',
      'stacks/namespace/Pulumi.prod.yaml': '[',
    },
    [
      'environments.yaml: dev.backend',
      'stacks/github/Pulumi.yaml: name',
      'stacks/github/Pulumi.yaml: main',
      'stacks/namespace/Pulumi.prod.yaml:1:2',
    ],
  ],
];

test.each(bad)('%s', (_, files, expected) => {
  write(files);
  let caught: unknown;
  try {
    readWorkspace(root);
  } catch (error) {
    caught = error;
  }
  expect(caught).toBeInstanceOf(ProblemsError);
  const { problems, message } = caught as ProblemsError;
  expect(problems.map(({ where }) => where)).toEqual(expected);
  expect(message).not.toContain('hunter2');
  expect(message).toMatchSnapshot();
});
