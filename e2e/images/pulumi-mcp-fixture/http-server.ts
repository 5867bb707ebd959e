import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { addTools } from './tools.ts';

/** What the environment sets. */
export interface HttpOptions {
  /** `strict` lets only `allowedOrigins` in; anything else lets every browser in. */
  readonly corsMode: string;
  /** Origins, or `*`. */
  readonly allowedOrigins: readonly string[];
  /** How long a session may be idle, in milliseconds. */
  readonly sessionTimeout: number;
  /** How often idle sessions are looked for, in milliseconds. */
  readonly cleanupInterval: number;
  readonly maxSessions: number;
}

/** After how long an idle stream is dropped, in milliseconds. */
const IDLE_STREAM = 60_000;

interface Session {
  readonly transport: StreamableHTTPServerTransport;
  lastUsed: number;
}

/** MCP over streamable HTTP at `/mcp`, sessions in memory; every other path is 404. */
export function createMcpHttpServer(options: HttpOptions): Server {
  const sessions = new Map<string, Session>();
  setInterval(() => {
    for (const [id, { transport, lastUsed }] of sessions) {
      if (Date.now() - lastUsed < options.sessionTimeout) continue;
      sessions.delete(id);
      void transport.close();
    }
  }, options.cleanupInterval).unref();

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (new URL(request.url ?? '/', 'http://localhost').pathname !== '/mcp') {
      end(response, 404, 'Not found');
      return;
    }
    if (!letsIn(request, response, options)) {
      end(response, 403, 'Origin not allowed');
      return;
    }
    const id = request.headers['mcp-session-id'];
    const session = typeof id === 'string' ? sessions.get(id) : undefined;
    if (session !== undefined) {
      session.lastUsed = Date.now();
      if (request.method === 'GET') dropWhenIdle(response);
      await session.transport.handleRequest(request, response);
    } else if (typeof id === 'string') {
      end(response, 404, 'Session not found');
    } else if (request.method !== 'POST') {
      end(response, 400, 'Bad Request: no session');
    } else if (sessions.size >= options.maxSessions) {
      end(response, 503, 'Too many sessions');
    } else {
      const transport = new StreamableHTTPServerTransport({
        sessionIdGenerator: randomUUID,
        onsessioninitialized: (made) => {
          sessions.set(made, { transport, lastUsed: Date.now() });
        },
      });
      transport.onclose = () => {
        if (transport.sessionId !== undefined) sessions.delete(transport.sessionId);
      };
      const server = new McpServer({ name: 'pulumi-mcp-fixture', version: '0.0.0' });
      addTools(server);
      await server.connect(transport);
      await transport.handleRequest(request, response);
    }
  }

  return createServer((request, response) => {
    handle(request, response).catch((error: unknown) => {
      console.error(error);
      response.destroy();
    });
  });
}

/** Sets the CORS headers of a browser's request, or says that its origin is not allowed. */
function letsIn(request: IncomingMessage, response: ServerResponse, options: HttpOptions): boolean {
  const { origin } = request.headers;
  if (origin === undefined) return true;
  const { allowedOrigins, corsMode } = options;
  const all = corsMode !== 'strict' || allowedOrigins.includes('*');
  if (!all && !allowedOrigins.includes(origin)) return false;
  response.setHeader('access-control-allow-origin', all ? '*' : origin);
  response.setHeader('access-control-expose-headers', 'mcp-session-id');
  return true;
}

/** Ends a stream on which nothing was written for a minute. */
function dropWhenIdle(response: ServerResponse): void {
  const timer = setTimeout(() => {
    response.destroy();
  }, IDLE_STREAM);
  const write = response.write.bind(response) as (...args: unknown[]) => boolean;
  response.write = (...args: unknown[]): boolean => {
    timer.refresh();
    return write(...args);
  };
  response.once('close', () => {
    clearTimeout(timer);
  });
}

function end(response: ServerResponse, status: number, message: string): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify({ jsonrpc: '2.0', error: { code: -32000, message }, id: null }));
}
