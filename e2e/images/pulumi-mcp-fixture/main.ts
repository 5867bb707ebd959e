/**
 * A stand-in for Pulumi's MCP server (`@pulumi/mcp-server`), which no registry here serves. It is started, listens,
 * keeps sessions and writes files as the real one does; its tools are others: they let a test look inside the pod.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createMcpHttpServer } from './http-server.ts';

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { port: { type: 'string', default: '3000' } },
});
if (positionals[0] !== 'http') {
  console.error('usage: pulumi-mcp-server http [--port 3000]');
  process.exit(2);
}

// The real one fails without these: so does a deployment that forgets one.
for (const folder of [
  join(__dirname, '.cache'),
  '/tmp',
  process.env.PULUMI_HOME ?? join('/', 'root', '.pulumi'),
]) {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'pulumi-mcp-server.started'), new Date().toISOString());
}

const host = process.env.MCP_HTTP_HOST ?? '0.0.0.0';
const server = createMcpHttpServer({
  corsMode: process.env.MCP_CORS_MODE ?? 'strict',
  allowedOrigins: process.env.MCP_ALLOWED_ORIGINS?.split(',') ?? [],
  sessionTimeout: Number(process.env.MCP_SESSION_TIMEOUT ?? 1_800_000),
  cleanupInterval: Number(process.env.MCP_CLEANUP_INTERVAL ?? 300_000),
  maxSessions: Number(process.env.MCP_MAX_SESSIONS ?? 1000),
});
server.listen(Number(values.port), host, () => {
  console.log(`listening on ${host}:${values.port}`);
});
process.once('SIGTERM', () => {
  process.exit(0);
});
