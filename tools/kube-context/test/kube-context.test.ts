import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Stack } from '@mcp-stacks/workspace';
import { kubeconfigFiles, readKubeconfig } from '../src/kubeconfig.js';
import { isLocalTestCluster } from '../src/local-test-cluster.js';
import { readStackCluster } from '../src/stack-cluster.js';
import { selectContext } from '../src/select-context.js';

const TESTBED = { name: 'testbed', server: 'https://198.18.0.2:6443' };
const KIND = { name: 'kind-mcp-stacks', server: 'https://127.0.0.1:40123' };
const PROD = { name: 'prod', server: 'https://10.0.0.1:6443' };
const request = { stack: 'github-mcp', environment: 'dev', mayUseTestCluster: true };

function select(
  contexts: { name: string; server: string | undefined }[],
  more: object,
  currentContext?: string,
) {
  return selectContext({ files: ['/k'], currentContext, contexts }, { ...request, ...more });
}

describe('isLocalTestCluster', () => {
  test.each([
    ['testbed', 'https://198.18.0.2:6443', true],
    ['testbed', 'https://198.19.255.254:6443', true],
    ['testbed', 'https://198.20.0.1:6443', false],
    ['testbed', 'https://10.0.0.1:6443', false],
    ['testbed', 'https://198.18.0.2.example.com:6443', false],
    ['kind-mcp-stacks', 'https://127.0.0.1:40123', true],
    ['kind-mcp-stacks', 'https://localhost:40123', true],
    ['kind-mcp-stacks', 'https://[::1]:40123', true],
    ['kind-other', 'https://127.0.0.1:40123', false],
    ['testbed', 'not a URL', false],
    ['testbed', undefined, false],
  ])('%s at %s: %s', (name, server, expected) => {
    expect(isLocalTestCluster({ name, server })).toBe(expected);
  });
});

describe('selectContext', () => {
  test.each([
    ['the local test cluster, unnamed', [PROD, TESTBED], {}, 'prod', TESTBED, true],
    ['of two, the one that is current', [KIND, TESTBED], {}, 'testbed', TESTBED, true],
    ['the configured one', [PROD, TESTBED], { configured: 'prod' }, undefined, PROD, false],
    [
      'the command line wins',
      [PROD, TESTBED],
      { configured: 'prod', option: 'testbed' },
      undefined,
      TESTBED,
      true,
    ],
  ])('takes %s', (_, contexts, more, current, expected, isLocalTest) => {
    expect(select(contexts, more, current)).toEqual({ ...expected, isLocalTest });
  });

  test.each([
    [
      'nothing named: never the current context',
      [PROD],
      {},
      'prod',
      /no context named[^]*prod \(https:\/\/10\.0\.0\.1/,
    ],
    [
      'a test cluster where the state is shared',
      [TESTBED],
      { mayUseTestCluster: false },
      'testbed',
      /no context named/,
    ],
    [
      'a real cluster that is called testbed',
      [{ ...PROD, name: 'testbed' }],
      {},
      'testbed',
      /no context named/,
    ],
    ['two test clusters', [KIND, TESTBED], {}, 'prod', /two local test clusters/],
    ['a name that is not there', [PROD], { option: 'stagng' }, 'prod', /stagng, which is not in[^]*prod/],
    [
      'a context without a server',
      [{ name: 'x', server: undefined }],
      { option: 'x' },
      'x',
      /no server address/,
    ],
    ['no kubeconfig at all', [], {}, undefined, /none was found/],
  ])('refuses %s', (_, contexts, more, current, message) => {
    expect(() => select(contexts, more, current)).toThrow(message);
  });
});

describe('readStackCluster', () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'stack-cluster-'));
  const stack: Stack = {
    name: 's',
    folder,
    path: 'stacks/s',
    upstreams: [],
    role: 'deployer',
    environments: ['dev'],
    main: '',
  };
  const read = (config: string) => {
    writeFileSync(path.join(folder, 'Pulumi.dev.yaml'), config);
    return readStackCluster(stack, 'dev');
  };
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  test.each([
    ['', {}],
    ['config: { s:other: 1 }', {}],
    ['config: { s:cluster: { context: a } }', { context: 'a' }],
    ['config: { cluster: { context: a } }', { context: 'a' }],
    [
      'config: { s:cluster: { context: a, kubeconfig: ~/k } }',
      { context: 'a', kubeconfig: path.join(os.homedir(), 'k') },
    ],
  ])('%s', (config, expected) => {
    expect(read(config)).toEqual(expected);
  });

  test.each([
    'config: { s:cluster: prod }',
    'config: { s:cluster: { context: 1 } }',
    'config: { s:cluster: { context: a, kubeconfig: ../k } }',
  ])('refuses %s', (config) => {
    expect(() => read(config)).toThrow(/stacks\/s\/Pulumi\.dev\.yaml: s:cluster/);
  });
});

test('a context whose token has expired is refused with the command that renews it', () => {
  const tokenExpiry = new Date('2026-01-01T00:00:00Z');
  const context = { ...PROD, tokenExpiry, renewal: 'npx engine kubeconfig namespace-rbac --env dev' };
  const at = (time: string) => () => select([context], { option: 'prod', at: new Date(time) });
  expect(at('2026-01-01T00:00:00Z')).toThrow(
    /token of context prod[^]*expired at 2026-01-01T00:00:00.000Z[^]*fix: {6}npx engine kubeconfig namespace-rbac/,
  );
  expect(at('2025-12-31T23:59:59Z')()).toMatchObject({ name: 'prod' });
});

describe('readKubeconfig', () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'kubeconfig-'));
  const write = (name: string, text: string) => {
    writeFileSync(path.join(folder, name), text);
    return path.join(folder, name);
  };
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });
  const file = (context: string, cluster: string, server: string) =>
    `current-context: ${context}\ncontexts: [{name: ${context}, context: {cluster: ${cluster}}}]\n` +
    `clusters: [{name: ${cluster}, cluster: {server: "${server}"}}]\n`;

  test('merges several files as kubectl does: the first one wins, missing ones are passed over', () => {
    const first = write('first', file('a', 'c', 'https://first'));
    const second = write('second', file('a', 'c', 'https://second') + 'users: []\n');
    const third = write('third', file('b', 'c2', 'https://third'));
    const KUBECONFIG = [first, path.join(folder, 'missing'), second, third].join(path.delimiter);
    expect(readKubeconfig(kubeconfigFiles({ KUBECONFIG }))).toEqual({
      files: [first, second, third],
      currentContext: 'a',
      contexts: [
        { name: 'a', server: 'https://first' },
        { name: 'b', server: 'https://third' },
      ],
    });
  });

  test('knows when the token of a context expires, and who issued it', () => {
    const token = (claims: string) => `e30.${Buffer.from(claims).toString('base64url')}.c2ln`;
    const users = {
      jwt: token('{"exp":1700000000}'),
      unbounded: token('{}'),
      broken: token('{'),
      opaque: 'abcdef',
    };
    const issued =
      '[{name: mcp-stacks/engine, extension: {renewal: npx engine kubeconfig x}}, {name: other}]';
    const kubeconfig = write(
      'tokens',
      `users: ${JSON.stringify(Object.entries(users).map(([name, value]) => ({ name, user: { token: value } })))}\n` +
        `clusters: [{name: c, cluster: {server: "https://c"}}]\ncontexts:\n` +
        [...Object.keys(users), 'missing']
          .map((user) => `- {name: ${user}, context: {cluster: c, user: ${user}, extensions: ${issued}}}\n`)
          .join(''),
    );
    const { contexts } = readKubeconfig([kubeconfig]);
    expect(contexts.map(({ name, tokenExpiry }) => [name, tokenExpiry?.toISOString()])).toEqual([
      ['jwt', '2023-11-14T22:13:20.000Z'],
      ['unbounded', undefined],
      ['broken', undefined],
      ['opaque', undefined],
      ['missing', undefined],
    ]);
    expect(new Set(contexts.map(({ renewal }) => renewal))).toEqual(new Set(['npx engine kubeconfig x']));
    expect(JSON.stringify(contexts)).not.toContain('c2ln');
  });

  test('without KUBECONFIG it is ~/.kube/config', () => {
    expect(kubeconfigFiles({ HOME: '/home/x' })).toEqual(['/home/x/.kube/config']);
  });

  test('never quotes a broken file: it holds credentials', () => {
    const broken = write('broken', 'token: [s3cret\n  x');
    expect(() => readKubeconfig([broken])).toThrow(/cannot be read as YAML/);
    expect(() => readKubeconfig([broken])).not.toThrow(/s3cret/);
  });
});
