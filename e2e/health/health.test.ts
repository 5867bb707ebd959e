import type { FeatureChange, ServerHealth } from '@mcp-stacks/health';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { until } from '../access/eventually.js';
import { run } from '../engine/commands.js';
import { Deployment, describeOn, type Ended, ENVIRONMENT, mode, SUCCESS } from '../engine/deployment.js';
import { GITHUB_TOKEN } from '../servers/github-token.js';
import { prepareServers } from '../servers/prepare-servers.js';

/** What only an engine can prove. */
const engineTest = mode() === 'engine' ? test : test.skip;

const BEARER = ['--bearer-env', 'mcp-github=MCP_E2E_TOKEN'];

/** The exit code where a server does not answer. */
const NO_ANSWER = 8;

interface ConfigMap {
  readonly metadata: {
    readonly resourceVersion: string;
    readonly ownerReferences?: readonly { readonly kind: string; readonly name: string }[];
  };
}

describeOn('cluster', 'what changed for clients', () => {
  const folder = mkdtempSync(join(tmpdir(), 'health-'));
  let deployment: Deployment;

  /** Runs the command, and reads what it found of each server. */
  function health(...args: readonly string[]): Ended & { servers: Readonly<Record<string, ServerHealth>> } {
    const file = join(folder, 'health.json');
    rmSync(file, { force: true });
    const ended = run('npx', ['health', '--env', ENVIRONMENT, '--json', file, ...args], deployment.root);
    if (!existsSync(file)) throw new Error(ended.output);
    const servers = JSON.parse(readFileSync(file, 'utf8')) as ServerHealth[];
    return { ...ended, servers: Object.fromEntries(servers.map((server) => [server.name, server])) };
  }
  const record = (server: string) =>
    deployment.get('configmap', `${server}-mcp-features`) as ConfigMap | undefined;
  const tools = (server: ServerHealth | undefined) => server?.features?.tools.map(({ name }) => name) ?? [];
  const offered = (server: ServerHealth | undefined) => [
    ...tools(server).map((name) => `tool ${name}`),
    ...(server?.features?.resourceTemplates ?? []).map(
      ({ uriTemplate }) => `resource template ${uriTemplate}`,
    ),
    ...(server?.features?.prompts ?? []).map(({ name }) => `prompt ${name}`),
  ];
  const changes = (server: ServerHealth | undefined, change: FeatureChange['change']) =>
    server?.changes?.filter((one) => one.change === change).map(({ kind, name }) => `${kind} ${name}`);

  beforeAll(async () => {
    process.env.MCP_E2E_TOKEN = GITHUB_TOKEN;
    deployment = new Deployment('health');
    await prepareServers(deployment);
    const up = await deployment.up();
    expect(up).toEqual(SUCCESS);
    if (mode() === 'engine') expect(up.output).toContain('What the servers offer their clients');
    else expect(health('--record')).toEqual(SUCCESS);
  });
  afterAll(async () => {
    delete process.env.MCP_E2E_TOKEN;
    expect(await deployment.destroy()).toEqual(SUCCESS);
    deployment[Symbol.dispose]();
    rmSync(folder, { recursive: true });
  });

  test('each server says what it offers; one that wants a token says so, and that is no failure', () => {
    const { servers, ...ended } = health();
    expect(ended).toEqual(SUCCESS);
    expect(servers['mcp-github']).toMatchObject({ result: 'needs token' });
    expect(tools(servers['mcp-pulumi'])).toEqual(['kube', 'read-file', 'token', 'whoami', 'write-file']);
    const everything = servers['mcp-everything'];
    expect(everything).toMatchObject({ result: 'listed', changes: [] });
    expect(tools(everything)).toContain('echo');
    for (const list of ['resources', 'resourceTemplates', 'prompts'] as const)
      expect(everything?.features?.[list]).not.toEqual([]);
  });

  test('with a token it is listed and recorded, without the token anywhere', () => {
    const first = health('--record', ...BEARER);
    expect(first).toEqual(SUCCESS);
    expect(first.servers['mcp-github']?.result).toBe('listed');
    expect(first.servers['mcp-github']).not.toHaveProperty('changes');
    expect(JSON.stringify([first, record('mcp-github')])).not.toContain(GITHUB_TOKEN);
    expect(record('mcp-github')?.metadata.ownerReferences).toMatchObject([
      { kind: 'Service', name: 'mcp-github' },
    ]);
  });

  test('what is the same is not written again', () => {
    const { resourceVersion } = record('mcp-github')?.metadata ?? {};
    expect(health('--record', ...BEARER).servers['mcp-github']?.changes).toEqual([]);
    expect(record('mcp-github')?.metadata.resourceVersion).toBe(resourceVersion);
  });

  engineTest('what was recorded is no drift, and in nobody’s way', () => {
    expect(deployment.engine('chain', 'drift')).toEqual(SUCCESS);
    expect(deployment.engine('chain', 'preview')).toEqual(SUCCESS);
  });

  test('another toolset: exactly the tools that are gone are named, as breaking', async () => {
    const before = offered(health(...BEARER).servers['mcp-github']);
    deployment.set('github-mcp', 'githubMcp/toolsets', ['context', 'issues']);
    const up =
      mode() === 'engine'
        ? deployment.engine('up', 'github-mcp', '--yes', '--no-health')
        : await deployment.up('github-mcp');
    expect(up).toEqual(SUCCESS);
    const looked = health('--stacks', 'github-mcp', ...BEARER);
    const server = looked.servers['mcp-github'];
    const after = offered(server);
    const gone = before.filter((name) => !after.includes(name));
    // By hand: what belongs to the toolset `repos`.
    expect(gone).toEqual(expect.arrayContaining(['tool get_file_contents', 'tool search_code']));
    expect(changes(server, 'removed')).toEqual(gone);
    expect(changes(server, 'added')).toEqual([]);
    expect(looked.output).toMatch(/breaks +tool get_file_contents: removed/);
    // Looking changes nothing.
    expect(health('--stacks', 'github-mcp', ...BEARER).servers['mcp-github']?.changes).toEqual(
      server?.changes,
    );
  });

  engineTest('the next up shows it, and records it', () => {
    const up = deployment.engine('up', 'github-mcp', '--yes', ...BEARER);
    expect(up).toEqual(SUCCESS);
    expect(up.output).toContain('mcp-github, for clients since the last deploy:');
    expect(up.output).toMatch(/breaks +tool \S+: removed/);
    expect(up.output).not.toContain(GITHUB_TOKEN);
    expect(health('--stacks', 'github-mcp', ...BEARER).servers['mcp-github']?.changes).toEqual([]);
  });

  test('a server that does not speak MCP where it should is reported, though its pods are ready', async () => {
    deployment.set('everything-mcp', 'server/path', '/elsewhere');
    const up = await deployment.up('everything-mcp');
    if (mode() === 'engine') {
      expect(up.code).toBe(NO_ANSWER);
      expect(up.output).toContain('an MCP server that answers a client');
    } else expect(up).toEqual(SUCCESS);
    const looked = health('--stacks', 'everything-mcp');
    expect(looked.code).toBe(NO_ANSWER);
    expect(looked.servers['mcp-everything']?.result).toBe('no answer');
  });

  test('a server that is removed takes its record with it', async () => {
    expect(record('mcp-everything')).toBeDefined();
    expect(await deployment.destroy('everything-mcp')).toEqual(SUCCESS);
    await until(() => Promise.resolve({ done: record('mcp-everything') === undefined }));
    expect(health('--stacks', 'everything-mcp').servers['mcp-everything']?.result).toBe('not deployed');
  });
});
