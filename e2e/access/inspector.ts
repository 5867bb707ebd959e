import type { Deployment } from '../engine/deployment.js';
import { INITIALIZE } from '../servers/initialize.js';
import { ask } from './cluster.js';
import { type Forwarded, portForward } from './port-forward.js';

/** One inspector beside one server, and how a page of that generation uses it. */
interface Inspector {
  readonly server: string;
  /** Where its configuration stands. */
  readonly stack: string;
  readonly key: string;
  readonly image: string;
  readonly ports: readonly number[];
  /** The port that speaks to servers, and what of it answers without a server. */
  readonly api: { readonly port: number; readonly path: string; readonly header: string };
  /** What the server calls itself. */
  readonly calls: string;
  /** Has the inspector initialize the server beside it; the name that comes back. */
  readonly initialize: (api: string, headers: Readonly<Record<string, string>>) => Promise<string>;
}

const REPOSITORY = 'ghcr.io/modelcontextprotocol/inspector';

/** GitHub's server takes any token that looks like one, until a tool needs a good one. */
const BEARER = 'Bearer ghp_e2e';

/** Both generations, each beside a server of its own. */
const INSPECTORS: readonly Inspector[] = [
  {
    server: 'mcp-pulumi',
    calls: 'pulumi-mcp-fixture',
    stack: 'pulumi-mcp',
    key: 'pulumiMcp',
    image: `${REPOSITORY}:0.17.2`,
    ports: [6274, 6277],
    api: { port: 6277, path: '/config', header: 'x-mcp-proxy-auth' },
    initialize: async (api, headers) => {
      const url = new URL('/mcp', api);
      url.searchParams.set('transportType', 'streamable-http');
      url.searchParams.set('url', 'http://127.0.0.1:3000/mcp');
      const answer = await post(url, INITIALIZE, {
        ...headers,
        accept: 'application/json, text/event-stream',
      });
      return await serverName(answer);
    },
  },
  {
    server: 'mcp-github',
    calls: 'github-mcp-server',
    stack: 'github-mcp',
    key: 'githubMcp',
    image: `${REPOSITORY}:2.12.0`,
    ports: [6274, 6275],
    api: { port: 6274, path: '/api/config', header: 'x-mcp-remote-auth' },
    initialize: async (api, headers) => {
      const config = { type: 'streamable-http', url: 'http://127.0.0.1:8082/mcp' };
      const settings = { headers: [{ key: 'Authorization', value: BEARER }] };
      const connected = await post(new URL('/api/mcp/connect', api), { config, settings }, headers);
      const { sessionId } = (await connected.json()) as { sessionId: string };
      const events = await fetch(new URL(`/api/mcp/events?sessionId=${sessionId}`, api), { headers });
      const sent = await post(new URL('/api/mcp/send', api), { sessionId, message: INITIALIZE }, headers);
      expect(await sent.json()).toEqual({ ok: true });
      return await serverName(events);
    },
  },
];

/** Switches the inspectors on. */
export function withInspectors(deployment: Deployment): void {
  for (const { stack, key, image } of INSPECTORS) {
    deployment.set(stack, `${key}/enableInspector`, true);
    deployment.set(stack, `${key}/inspectorImage`, image);
  }
}

/** Reached by port-forward with its token, and by nobody without; the rest of the world is in `network`. */
export function inspector(deployment: () => Deployment): void {
  describe.each(INSPECTORS.map((one) => [one.image, one] as const))('%s', (_, one) => {
    let forwarded: Forwarded | undefined;
    beforeAll(async () => {
      forwarded = await portForward(deployment().namespace, one.server, one.ports);
    });
    afterAll(async () => {
      await forwarded?.stop();
    });

    const url = (port: number) => forwarded?.url(port) ?? '';
    const token = () => {
      const { namespace } = deployment();
      const encoded = ask(
        ...['get', 'secret', `${one.server}-inspector`, '--namespace', namespace],
        ...['--output', 'jsonpath={.data.token}'],
      );
      return Buffer.from(encoded, 'base64').toString();
    };
    const authorized = () => ({ [one.api.header]: `Bearer ${token()}` });
    const status = async (headers: Readonly<Record<string, string>>) =>
      (await fetch(new URL(one.api.path, url(one.api.port)), { headers })).status;

    test('shows its page through port-forward', async () => {
      const page = await fetch(url(6274));
      expect(page.status).toBe(200);
      expect(await page.text()).toContain('MCP Inspector');
    });

    test('initializes the server beside it with its token', async () => {
      expect(await one.initialize(url(one.api.port), authorized())).toBe(one.calls);
    });

    test.each([
      ['no token', () => ({})],
      ['another token', () => ({ [one.api.header]: 'Bearer something-else' })],
    ])('refuses who has %s', async (_, headers) => {
      expect(await status(headers())).toBe(401);
      expect(await status(authorized())).toBe(200);
    });

    test('refuses a page of somebody else, even with its token', async () => {
      expect(await status({ ...authorized(), origin: 'https://evil.example' })).toBe(403);
    });
  });
}

async function post(url: URL, body: unknown, headers: Readonly<Record<string, string>>): Promise<Response> {
  const answer = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`${url.pathname} answered ${answer.status}: ${await answer.text()}`);
  return answer;
}

/** The name in the answer to `initialize`, which comes in a stream that stays open. */
async function serverName(answer: Response): Promise<string> {
  let text = '';
  for await (const chunk of answer.body ?? []) {
    text += Buffer.from(chunk as Uint8Array).toString();
    const [, name] = /"serverInfo":\s*\{[^}]*"name":\s*"([^"]+)"/.exec(text) ?? [];
    if (name !== undefined) return name;
  }
  throw new Error(`no serverInfo in ${text}`);
}
