import { readWorkspace } from '@mcp-stacks/workspace';
import { parseAllDocuments } from 'yaml';
import { InstalledClone } from './installed-clone.js';

/** Odd, but allowed: each with what else is said to the generator, and of a stack the server that it deploys. */
const STACKS: readonly { name: string; args: readonly string[]; server: string }[] = [
  { name: 'x', args: ['--image', 'acme/x:1'], server: 'mcp-x' },
  {
    name: 'a1-2b3',
    args: ['--image', 'localhost:5000/a/b:1.0.0-rc.1', '--port', '1', '--path', '/'],
    server: 'mcp-a1-2b3',
  },
  {
    name: 's'.repeat(100),
    args: ['--image', `acme/x@sha256:${'0'.repeat(64)}`, '--server', 's'.repeat(63)],
    server: 's'.repeat(63),
  },
];
const COMPONENTS = ['r2-d2', 'c'.repeat(100)];

let clone: InstalledClone;
beforeAll(() => {
  clone = new InstalledClone();
});
afterAll(() => {
  clone[Symbol.dispose]();
});

function generate(generator: 'mcp-stack' | 'component', name: string, ...args: readonly string[]) {
  return ['g', `@mcp-stacks/nx-pulumi:${generator}`, name, ...args];
}

const commands = [
  ...STACKS.map(({ name, args }) => generate('mcp-stack', name, ...args)),
  ...COMPONENTS.map((name) => generate('component', name)),
];

test.each([generate('mcp-stack', 'search-mcp', '--image', 'acme/x:1'), generate('component', 'rate-limit')])(
  'a dry run writes nothing: nx %s %s %s',
  (...command) => {
    const output = clone.succeed('nx', ...command, '--dry-run');
    expect(output).toMatch(/CREATE (stacks\/search-mcp|libs\/rate-limit)\/package.json/);
    expect(clone.changes()).toBe('');
  },
);

test.each<[what: string, command: readonly string[], problems: readonly string[]]>([
  [
    'every bad value of a stack at once',
    generate('mcp-stack', 'My.Server', '--server', '3d', '--image', 'acme/x:latest'),
    ['3 problems', '1. name', '2. server', '3. image'],
  ],
  [
    'a stack called as a package of npm that is in use',
    generate('mcp-stack', 'zod', '--image', 'acme/x:1'),
    ['1 problem', 'an npm package that this workspace uses'],
  ],
  [
    'a server that another stack deploys',
    generate('mcp-stack', 'github', '--image', 'acme/x:1'),
    ['1 problem', 'stacks/github-mcp/Pulumi.dev.yaml'],
  ],
  [
    'a component called as a stack',
    generate('component', 'github-mcp'),
    ['the project in stacks/github-mcp'],
  ],
  ['a component of which another has the class', generate('component', 'k8s--app'), ['libs/k8s-app']],
  ['a component that hides a type of its program', generate('component', 'config-map'), ['ConfigMap']],
])('refused with no trace, and nothing written: %s', (_what, command, problems) => {
  const { status, output } = clone.run('nx', ...command);
  expect(status).not.toBe(0);
  for (const problem of problems) expect(output).toContain(problem);
  expect(output).not.toMatch(/^\s+at .*:\d+:\d+\)?$/m);
  expect(clone.changes()).toBe('');
});

test('made under odd names, and made once more: nothing is to be mended or added', () => {
  for (const command of commands) clone.succeed('nx', ...command);
  clone.commit('generated');
  for (const command of commands) clone.succeed('nx', ...command);
  expect(clone.changes()).toBe('');
});

test.each([
  ['sync:check', ['nx', 'sync:check']],
  ['format:check', ['npm', 'run', '--silent', 'format:check']],
  [
    'lint, typecheck, build, test',
    [
      'nx',
      'run-many',
      ...['-t', 'lint', 'typecheck', 'build', 'test'],
      ...['-p', [...STACKS.map(({ name }) => name), ...COMPONENTS, 'namespace-rbac'].join(',')],
    ],
  ],
  ['npm start', ['npm', 'start']],
])('untouched, what was made passes %s', (_what, [program = '', ...args]) => {
  clone.succeed(program, ...args);
  expect(clone.changes()).toBe('');
});

test('every server has its Deployment and its ServiceAccount in every environment', () => {
  const environments = readWorkspace(clone.root).stacks.find(({ name }) => name === 'x')?.environments ?? [];
  expect(environments).toEqual(['dev', 'staging', 'prod']);
  for (const environment of environments) {
    const accounts = objectsOf(environment, 'namespace-rbac');
    for (const { name, server } of STACKS) {
      expect(accounts).toContain(`ServiceAccount ${server}`);
      expect(objectsOf(environment, name)).toContain(`Deployment ${server}`);
    }
  }
});

/** Kind and name of all that a stack would deploy, as rendered by `npm start`. */
function objectsOf(environment: string, stack: string): readonly string[] {
  return parseAllDocuments(clone.read(`dist/render/${environment}/${stack}.yaml`)).map((document) => {
    const { kind, metadata } = document.toJS() as {
      readonly kind: string;
      readonly metadata: { readonly name: string };
    };
    return `${kind} ${metadata.name}`;
  });
}
