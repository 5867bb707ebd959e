import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import {
  StreamableHTTPClientTransport,
  StreamableHTTPError,
} from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import * as types from '@modelcontextprotocol/sdk/types.js';
import { featureList, type FeatureList } from './feature-list.js';

/** How long a server may take for one answer, in milliseconds. */
const PATIENCE = 30_000;

/** JSON-RPC's. */
const METHOD_NOT_FOUND = -32601;

/** More pages than any server has: one that never ends its list is not followed for ever. */
const MAX_PAGES = 200;

/** Thrown where the server answers 401: it wants a bearer token, or does not take the one it got. */
export class UnauthorizedError extends Error {
  constructor() {
    super('the server answers 401');
    this.name = 'UnauthorizedError';
  }
}

/**
 * Asks a server for all that it offers, as a client does: initializes, and lists what its capabilities announce.
 *
 * @param url Its Streamable HTTP endpoint.
 * @param bearer Sent with every request. @default none
 * @throws UnauthorizedError for a 401; Error with what else went wrong, without the token.
 */
export async function listFeatures(url: string, bearer?: string): Promise<FeatureList> {
  const client = new Client({ name: 'mcp-stacks-health', version: '0.1.0' });
  const transport = new StreamableHTTPClientTransport(new URL(url), {
    ...(bearer !== undefined && { requestInit: { headers: { authorization: `Bearer ${bearer}` } } }),
  });
  try {
    await client.connect(transport, { timeout: PATIENCE });
    const features = await readAll(client, transport.protocolVersion ?? '', bearer !== undefined);
    // A session that lives in the server's memory ends here; what the server says to it changes nothing.
    await transport.terminateSession().catch(() => undefined);
    return features;
  } catch (error) {
    if (error instanceof StreamableHTTPError && error.code === 401) throw new UnauthorizedError();
    const text = messageOf(error);
    // Without its cause, which may hold what was sent.
    // eslint-disable-next-line preserve-caught-error
    throw new Error(bearer === undefined ? text : text.replaceAll(bearer, '[bearer token]'));
  } finally {
    await client.close();
  }
}

async function readAll(
  client: Client,
  protocolVersion: string,
  authenticated: boolean,
): Promise<FeatureList> {
  const has = client.getServerCapabilities() ?? {};
  const none = Promise.resolve([]);
  // By `request`, since `listTools` compiles the schema of each result, which may be one that the compiler refuses.
  const options = { timeout: PATIENCE };
  const [tools, resources, resourceTemplates, prompts] = await Promise.all([
    has.tools === undefined
      ? none
      : pages(
          (params) => client.request({ method: 'tools/list', params }, types.ListToolsResultSchema, options),
          (page) => page.tools,
        ),
    has.resources === undefined
      ? none
      : pages(
          (params) =>
            client.request({ method: 'resources/list', params }, types.ListResourcesResultSchema, options),
          (page) => page.resources,
        ),
    has.resources === undefined
      ? none
      : pages(
          (params) =>
            client.request(
              { method: 'resources/templates/list', params },
              types.ListResourceTemplatesResultSchema,
              options,
            ),
          (page) => page.resourceTemplates,
        ).catch((error: unknown) => {
          // A server with resources need not know templates.
          if (error instanceof types.McpError && error.code === METHOD_NOT_FOUND) return [];
          throw error;
        }),
    has.prompts === undefined
      ? none
      : pages(
          (params) =>
            client.request({ method: 'prompts/list', params }, types.ListPromptsResultSchema, options),
          (page) => page.prompts,
        ),
  ]);
  const { name = '', version = '' } = client.getServerVersion() ?? {};
  return featureList.parse({
    server: { name, version },
    protocolVersion,
    instructions: client.getInstructions(),
    authenticated,
    tools: sorted(tools, (one) => one.name),
    resources: sorted(resources, (one) => one.uri),
    resourceTemplates: sorted(resourceTemplates, (one) => one.uriTemplate),
    prompts: sorted(prompts, (one) => one.name),
  });
}

/** All elements of a list that comes in pages. */
async function pages<Page extends { nextCursor?: string | undefined }, T>(
  ask: (params: { cursor?: string }) => Promise<Page>,
  elements: (page: Page) => readonly T[],
): Promise<T[]> {
  const all: T[] = [];
  let cursor: string | undefined;
  for (let count = 0; count < MAX_PAGES; count += 1) {
    const page = await ask(cursor === undefined ? {} : { cursor });
    all.push(...elements(page));
    cursor = page.nextCursor;
    if (cursor === undefined) return all;
  }
  throw new Error(`a list of more than ${MAX_PAGES} pages`);
}

function sorted<T>(elements: readonly T[], key: (element: T) => string): T[] {
  return elements.toSorted((one, other) => (key(one) < key(other) ? -1 : 1));
}

/** The innermost cause: `fetch failed` says nothing. */
function messageOf(error: unknown): string {
  const { cause, message } = error as { cause?: unknown; message?: string };
  return cause === undefined ? (message ?? String(error)) : messageOf(cause);
}
