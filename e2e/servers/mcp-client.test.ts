import { describeOn, SUCCESS } from '../engine/deployment.js';
import { ask } from '../access/cluster.js';
import { until } from '../access/eventually.js';
import { addKubernetesStack, KUBERNETES_SERVER, KUBERNETES_STACK } from './add-kubernetes-stack.js';
import { GITHUB_TOKEN } from './github-token.js';
import { IMAGES } from './images.js';
import { type McpSession, textOf } from './mcp-session.js';
import { prepareServers } from './prepare-servers.js';
import { ServerDeployment } from './server-deployment.js';

/** The Secret that somebody made for the bridged server. */
const TOKEN = { name: 'github-token', key: 'token' };

/** How long a stream must stay open to count as kept, in milliseconds. */
const KEPT = 5000;

/** The newest standing stream, looked at until it is as old as `KEPT` or has ended. */
async function newestStream(session: McpSession) {
  const { stream } = await until(async () => {
    const stream = (await session.state()).streams.at(-1);
    return { stream, done: stream !== undefined && (stream.openFor > KEPT || stream.ended !== undefined) };
  });
  return stream;
}

const OPEN = { status: 200, openFor: expect.any(Number) as number };

describeOn('cluster', 'the official client through the Service', () => {
  let deployment: ServerDeployment;
  beforeAll(async () => {
    deployment = new ServerDeployment('clients');
    await prepareServers(deployment);
    addKubernetesStack(deployment);
    for (const stack of ['everything-mcp', KUBERNETES_STACK]) deployment.letClientIn(stack);
    expect(await deployment.up()).toEqual(SUCCESS);
  });
  afterAll(async () => {
    await deployment.remove();
  });

  describe("GitHub's own http mode", () => {
    const bearer = { authorization: `Bearer ${GITHUB_TOKEN}` };

    test('initializes with any bearer token, and offers no standing stream', async () => {
      await using session = await deployment.client.connect(deployment.url('mcp-github'), bearer);
      expect(session.opened).toMatchObject({ server: { name: 'github-mcp-server' } });
      expect(await newestStream(session)).toMatchObject({ status: 405, ended: 'refused' });
    });

    test('offers only tools that change nothing, since readOnly is set', async () => {
      await using session = await deployment.client.connect(deployment.url('mcp-github'), bearer);
      const tools = await session.listTools();
      expect(tools.length).toBeGreaterThan(0);
      expect(tools.filter(({ annotations }) => annotations?.readOnlyHint !== true)).toEqual([]);
    });

    test("a call gets as far as GitHub's API", async () => {
      await using session = await deployment.client.connect(deployment.url('mcp-github'), bearer);
      const result = await session.callTool('get_me').catch((error: unknown) => error);
      expect(result instanceof Error ? result.message : textOf(result as never)).toMatch(/api\.github\.com/);
    });

    test('is stateless: a session that another pod began is served all the same', () => {
      const script = `fetch(process.argv[1], { method: 'POST', body: JSON.stringify({ jsonrpc: '2.0', id: 1,
        method: 'tools/list' }), headers: { authorization: process.argv[2], 'mcp-session-id': 'of-another-pod',
        'content-type': 'application/json', accept: 'application/json, text/event-stream' } }).then((response) =>
        response.text().then(() => console.log(response.status)))`;
      const status = deployment.client.run(script, deployment.url('mcp-github'), bearer.authorization);
      expect(status.trim()).toBe('200');
    });

    test('refuses a client without a token', async () => {
      await expect(deployment.client.connect(deployment.url('mcp-github'))).rejects.toThrow(/unauthorized/i);
    });
  });

  describe("Pulumi's server (the fixture)", () => {
    test('initializes with a session, lists its tools, and keeps a stream open', async () => {
      await using session = await deployment.client.connect(deployment.url('mcp-pulumi'));
      expect(session.opened).toMatchObject({
        server: { name: 'pulumi-mcp-fixture' },
        sessionId: expect.any(String) as string,
      });
      expect((await session.listTools()).map(({ name }) => name)).toEqual([
        'whoami',
        'kube',
        'token',
        'write-file',
        'read-file',
      ]);
      expect(await newestStream(session)).toEqual(OPEN);
    });

    test('runs as a user who can write where the server writes, and nowhere else', async () => {
      await using session = await deployment.client.connect(deployment.url('mcp-pulumi'));
      const paths = [
        '/',
        '/tmp',
        '/project',
        '/var/lib/pulumi',
        '/usr/local/lib/node_modules/@pulumi/mcp-server/dist',
        '/usr/local/lib/node_modules/@pulumi/mcp-server/dist/.cache',
        '/var/run/pulumi',
      ];
      expect(await session.callForJson('whoami', { paths })).toMatchObject({
        uid: 1000,
        writable: {
          '/': false,
          '/tmp': true,
          '/project': true,
          '/var/lib/pulumi': true,
          '/usr/local/lib/node_modules/@pulumi/mcp-server/dist': false,
          '/usr/local/lib/node_modules/@pulumi/mcp-server/dist/.cache': true,
          '/var/run/pulumi': false,
        },
      });
    });

    test('reaches the Kubernetes API through its kubeconfig, and no Secret', async () => {
      await using session = await deployment.client.connect(deployment.url('mcp-pulumi'));
      const at = `/api/v1/namespaces/${deployment.namespace}`;
      expect(await session.callForJson('kube', { path: `${at}/services` })).toMatchObject({
        status: 200,
        body: { kind: 'ServiceList' },
      });
      expect(await session.callForJson('kube', { path: `${at}/secrets` })).toMatchObject({
        status: 403,
        body: { reason: 'Forbidden' },
      });
    });
  });

  describe('a server that the generator added (everything)', () => {
    test('lists its tools, and answers', async () => {
      await using session = await deployment.client.connect(deployment.url('mcp-everything'));
      expect(session.opened.sessionId).toEqual(expect.any(String));
      expect((await session.listTools()).map(({ name }) => name)).toContain('echo');
      expect(textOf(await session.callTool('echo', { message: 'hello' }))).toContain('hello');
    });

    test('sends progress on the stream of a call, and what nobody asked for on the standing one', async () => {
      await using session = await deployment.client.connect(deployment.url('mcp-everything'));
      await session.callTool('toggle-simulated-logging');
      const { result, progress } = await session.call('trigger-long-running-operation', {
        duration: KEPT / 1000,
        steps: 5,
      });
      expect(textOf(result)).toContain('completed');
      expect(progress).toBe(5);
      const { state } = await until(async () => {
        const state = await session.state();
        return { state, done: state.notifications.includes('notifications/message') };
      });
      expect(state.notifications).toContain('notifications/message');
      expect(await newestStream(session)).toEqual(OPEN);
    });
  });

  describe('a server that uses the Kubernetes API (kubernetes-mcp-server)', () => {
    test('lists its tools, and sees itself', async () => {
      await using session = await deployment.client.connect(deployment.url(KUBERNETES_SERVER));
      expect((await session.listTools()).map(({ name }) => name)).toContain('pods_list_in_namespace');
      const pods = await session.callTool('pods_list_in_namespace', { namespace: deployment.namespace });
      expect(pods.isError).not.toBe(true);
      expect(textOf(pods)).toContain(KUBERNETES_SERVER);
      expect(await newestStream(session)).toEqual(OPEN);
    });
  });

  describe("GitHub's stdio server behind a bridge", () => {
    beforeAll(async () => {
      for (const [key, value] of Object.entries({
        profile: 'github-bridged',
        image: IMAGES.githubBridged,
        port: 8080,
        path: '/mcp',
        // v0.18.0 reads no GITHUB_READ_ONLY, so this bridged image would offer everything.
        readOnly: undefined,
        toolsets: ['context'],
        secret: TOKEN,
        allowOrigins: ['https://chat.example.com'],
        unverified: { sessions: 'in-memory', probe: 'tcp', metrics: 'none' },
      })) {
        deployment.set('github-mcp', `githubMcp/${key}`, value);
      }
      ask(
        'create',
        'secret',
        'generic',
        TOKEN.name,
        '-n',
        deployment.namespace,
        `--from-literal=${TOKEN.key}=none`,
      );
      expect(await deployment.up('github-mcp')).toEqual(SUCCESS);
    });

    test('needs no token of the client, lists its tools, and keeps a stream open', async () => {
      await using session = await deployment.client.connect(deployment.url('mcp-github'));
      expect(session.opened).toMatchObject({
        server: { name: 'github-mcp-server' },
        sessionId: expect.any(String) as string,
      });
      expect((await session.listTools()).map(({ name }) => name)).toContain('get_me');
      expect(await newestStream(session)).toEqual(OPEN);
    });

    test("a call gets as far as GitHub's API", async () => {
      await using session = await deployment.client.connect(deployment.url('mcp-github'));
      const result = await session.callTool('get_me').catch((error: unknown) => error);
      expect(result instanceof Error ? result.message : textOf(result as never)).toMatch(/api\.github\.com/);
    });

    test.each([
      ['https://chat.example.com', 'https://chat.example.com'],
      ['https://evil.example.com', null],
    ])('a page of %s is told %p', (origin, allowed) => {
      const script = `fetch(process.argv[1], { method: 'OPTIONS', headers: { origin: process.argv[2],
          'access-control-request-method': 'POST' } }).then(({ headers }) =>
          console.log(JSON.stringify(headers.get('access-control-allow-origin'))))`;
      const output = deployment.client.run(script, deployment.url('mcp-github'), origin);
      expect(JSON.parse(output)).toBe(allowed);
    });
  });
});
