import type { GenerationFacts } from './generation-facts.js';

const CLIENT_PORT = 6274;
const SANDBOX_PORT = 6275;
const HOME = '/home/node';

/**
 * MCP Inspector 2.x, as read in and run from 2.12.0 (`clients/web/server/*.ts`, `Dockerfile` of
 * github.com/modelcontextprotocol/inspector). The image's entrypoint is `mcp-inspector`.
 */
export const V2: GenerationFacts = {
  ports: { ui: CLIENT_PORT, apps: SANDBOX_PORT },
  // DANGEROUSLY_OMIT_AUTH disables it by any value that is not empty, `false` too: never set here.
  tokenVariable: 'MCP_INSPECTOR_API_TOKEN',
  env: {
    MCP_SANDBOX_PORT: String(SANDBOX_PORT),
    // The image sets `true`. Only `true` and `1` enable it (`resolve-bind-host.ts`), so a wildcard HOST would now end it.
    DANGEROUSLY_BIND_ALL_INTERFACES: 'false',
    // Instead of looking for a keyring and falling back to a file.
    MCP_INSPECTOR_SECRET_STORE: 'memory',
    HOME,
  },
  // With a server named on the command line the list of servers is kept in memory, not in a file.
  args: (serverUrl) => ['--web', '--server-url', serverUrl, '--transport', 'http'],
  // `/api/health` answers 401.
  healthUrl: `http://127.0.0.1:${CLIENT_PORT}/`,
  // Where the page's "save" puts files; it starts without it.
  writable: { volume: 'inspector-state', mountPath: `${HOME}/.mcp-inspector` },
  // `GET /` embeds the token in the page.
  page: () => new URL(`http://127.0.0.1:${CLIENT_PORT}/`),
};
