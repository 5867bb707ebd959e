import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import * as types from '@modelcontextprotocol/sdk/types.js';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { listFeatures, UnauthorizedError } from '../src/features/list-features.js';

const TOKEN = 'a-token-of-somebody';
const TOOLS = ['delta', 'alpha', 'echo', 'bravo', 'charlie'];
/** Elements in a page. */
const PAGE = 2;

interface Behaviour {
  readonly capabilities?: object;
  /** Answers 401 to all that do not send it. */
  readonly token?: string;
  /** A list that says, for ever, that there is more. */
  readonly endless?: true;
  /** Fails every list with this message. */
  readonly failure?: string;
}

/** The official SDK's server over HTTP, with tools in pages and templates that nobody wrote a handler for. */
function mcpServer({
  capabilities = { tools: {}, resources: {}, prompts: {} },
  endless,
  failure,
}: Behaviour): McpServer {
  // The one below it, since it is the one that can send pages.
  const all = new McpServer(
    { name: 'in-process', version: '2.1.0' },
    { capabilities, instructions: 'Be kind.' },
  );
  const { server } = all;
  if ('tools' in capabilities) {
    server.setRequestHandler(types.ListToolsRequestSchema, ({ params }) => {
      if (failure !== undefined) throw new Error(failure);
      const start = Number(params?.cursor ?? 0);
      const end = start + PAGE;
      return {
        tools: TOOLS.slice(start, end).map((name) => ({
          name,
          inputSchema: { type: 'object' as const, properties: { of: { $ref: '#/$defs/Of' } } },
        })),
        ...((endless === true || end < TOOLS.length) && { nextCursor: String(end) }),
      };
    });
  }
  if ('resources' in capabilities) {
    server.setRequestHandler(types.ListResourcesRequestSchema, () => ({
      resources: [
        { uri: 'file:///b', name: 'b' },
        { uri: 'file:///a', name: 'a', mimeType: 'text/plain' },
      ],
    }));
  }
  if ('prompts' in capabilities) {
    server.setRequestHandler(types.ListPromptsRequestSchema, () => ({ prompts: [{ name: 'ask' }] }));
  }
  return all;
}

/** Serves such a server, one for each request, while something is done with its URL. */
async function serving<T>(behaviour: Behaviour, action: (url: string) => Promise<T>): Promise<T> {
  const http = createServer((request, response) => {
    if (behaviour.token !== undefined && request.headers.authorization !== `Bearer ${behaviour.token}`) {
      response
        .writeHead(401, { 'www-authenticate': 'Bearer' })
        .end(`not ${request.headers.authorization ?? ''}`);
      return;
    }
    const transport = new StreamableHTTPServerTransport({ sessionIdGenerator: undefined });
    void mcpServer(behaviour)
      .connect(transport as Parameters<McpServer['connect']>[0])
      .then(() => transport.handleRequest(request, response));
  });
  http.listen(0, '127.0.0.1');
  await once(http, 'listening');
  try {
    return await action(`http://127.0.0.1:${(http.address() as AddressInfo).port}/mcp`);
  } finally {
    http.closeAllConnections();
    http.close();
  }
}

test('all pages of all that the server has, in the order of the names', async () => {
  const list = await serving({}, (url) => listFeatures(url));
  expect(list.tools.map(({ name }) => name)).toEqual(TOOLS.toSorted());
  expect(list.tools[0]?.inputSchema).toEqual({ type: 'object', properties: { of: { $ref: '#/$defs/Of' } } });
  expect({ ...list, tools: [] }).toEqual({
    server: { name: 'in-process', version: '2.1.0' },
    protocolVersion: types.LATEST_PROTOCOL_VERSION,
    instructions: 'Be kind.',
    authenticated: false,
    tools: [],
    resources: [
      { uri: 'file:///a', name: 'a', mimeType: 'text/plain' },
      { uri: 'file:///b', name: 'b' },
    ],
    resourceTemplates: [],
    prompts: [{ name: 'ask' }],
  });
});

test('what the server does not announce is not asked for', async () => {
  const list = await serving({ capabilities: { prompts: {} } }, (url) => listFeatures(url));
  expect([list.tools, list.resources, list.prompts.length]).toEqual([[], [], 1]);
});

test.each([undefined, 'another-token'])('401 with the token %s', async (bearer) => {
  const listed = serving({ token: TOKEN }, (url) => listFeatures(url, bearer));
  await expect(listed).rejects.toThrow(UnauthorizedError);
  await expect(listed).rejects.not.toThrow(/another-token/);
});

test('with the right token it is listed, as such', async () => {
  const list = await serving({ token: TOKEN }, (url) => listFeatures(url, TOKEN));
  expect(list.authenticated).toBe(true);
  expect(JSON.stringify(list)).not.toContain(TOKEN);
});

test('a server that says the token in its error is not quoted with it', async () => {
  const listed = serving({ failure: `who is ${TOKEN}?` }, (url) => listFeatures(url, TOKEN));
  await expect(listed).rejects.toThrow(/who is \[bearer token\]\?/);
});

test('a list without end is not followed for ever', async () => {
  await expect(serving({ endless: true }, (url) => listFeatures(url))).rejects.toThrow('more than 200 pages');
});

test('nobody there', async () => {
  const url = await serving({}, (served) => Promise.resolve(served));
  await expect(listFeatures(url)).rejects.toThrow(/ECONNREFUSED/);
});
