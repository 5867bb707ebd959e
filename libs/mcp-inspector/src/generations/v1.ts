import type { GenerationFacts } from './generation-facts.js';

const CLIENT_PORT = 6274;
const SERVER_PORT = 6277;
const HOME = '/tmp';

/**
 * MCP Inspector before 2.0.0, as read in and run from 0.17.2 (`client/bin/start.js`, `server/build/index.js`,
 * `Dockerfile` of github.com/modelcontextprotocol/inspector).
 *
 * The image's entrypoint, `npm start`, stays: `node client/bin/start.js` as process 1 ignores SIGTERM.
 */
export const V1: GenerationFacts = {
  ports: { ui: CLIENT_PORT, proxy: SERVER_PORT },
  // DANGEROUSLY_OMIT_AUTH disables it by any value that is not empty, `false` too: never set here.
  tokenVariable: 'MCP_PROXY_AUTH_TOKEN',
  env: {
    SERVER_PORT: String(SERVER_PORT),
    // The default allows only the first, whatever HOST is. The list is split at commas and not trimmed.
    ALLOWED_ORIGINS: `http://localhost:${CLIENT_PORT},http://127.0.0.1:${CLIENT_PORT}`,
    // The inspector writes nothing, but npm keeps logs and a cache.
    HOME,
    npm_config_cache: `${HOME}/.npm`,
    npm_config_update_notifier: 'false',
  },
  healthUrl: `http://127.0.0.1:${SERVER_PORT}/health`,
  writable: { volume: 'inspector-tmp', mountPath: HOME },
  page: (serverUrl) => {
    const page = new URL(`http://127.0.0.1:${CLIENT_PORT}/`);
    page.searchParams.set('transport', 'streamable-http');
    page.searchParams.set('serverUrl', serverUrl);
    return page;
  },
  tokenParameter: 'MCP_PROXY_AUTH_TOKEN',
};
