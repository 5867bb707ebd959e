import type { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import type { CallToolResult } from '@modelcontextprotocol/sdk/types.js';
import { accessSync, constants, readFileSync, writeFileSync } from 'node:fs';
import { posix } from 'node:path';
import { z } from 'zod';
import { kubeGet, tokenMetadata } from './kube-get.ts';

/** Where the shared volume is mounted. */
const PROJECT = '/project';

/** Tools that let a test look inside the pod. Each answers with one JSON text. */
export function addTools(server: McpServer): void {
  server.registerTool(
    'whoami',
    {
      description: 'The process: its user, which of the paths it can write to, the names of its variables.',
      inputSchema: { paths: z.array(z.string()).default(['/', '/tmp', '/project']) },
    },
    ({ paths }) =>
      json({
        uid: process.getuid?.(),
        gid: process.getgid?.(),
        groups: process.getgroups?.(),
        hostname: process.env.HOSTNAME,
        writable: Object.fromEntries(paths.map((path) => [path, isWritable(path)])),
        env: Object.keys(process.env).sort(),
      }),
  );
  server.registerTool(
    'kube',
    {
      description: 'One GET on the Kubernetes API through the mounted kubeconfig.',
      inputSchema: { path: z.string().startsWith('/') },
    },
    async ({ path }) => json(await kubeGet(path)),
  );
  server.registerTool(
    'token',
    { description: 'What the mounted token says of itself; never the token.' },
    () => json(tokenMetadata()),
  );
  server.registerTool(
    'write-file',
    {
      description: `Writes a file under ${PROJECT}.`,
      inputSchema: { name: z.string(), content: z.string() },
    },
    ({ name, content }) => {
      writeFileSync(inProject(name), content);
      return json({ written: inProject(name) });
    },
  );
  server.registerTool(
    'read-file',
    { description: `Reads a file under ${PROJECT}.`, inputSchema: { name: z.string() } },
    ({ name }) => json({ content: readFileSync(inProject(name), 'utf8') }),
  );
}

function json(value: unknown): CallToolResult {
  return { content: [{ type: 'text', text: JSON.stringify(value) }] };
}

function inProject(name: string): string {
  const path = posix.join(PROJECT, name);
  if (!path.startsWith(`${PROJECT}/`)) throw new Error(`${name} is outside of ${PROJECT}`);
  return path;
}

function isWritable(path: string): boolean {
  try {
    accessSync(path, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}
