import { record } from '@mcp-stacks/recorder';
import { type StackProgram } from '@mcp-stacks/stack';
import { mkdirSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { writeFiles } from './write-files.js';

const STACK = 'servers';

/** A stack with as many servers as its configuration names, of the profile for servers that nobody knows. */
const PROGRAM = `
const { generic, McpServer } = require('@mcp-stacks/mcp-server');
const { clients, serverKeys, statedFacts } = require('@mcp-stacks/mcp-server-config');
const { clusterConfig, defineConfig, stackProgram } = require('@mcp-stacks/stack');
const { z } = require('zod');

const server = z.strictObject({ ...serverKeys, unverified: statedFacts, clients });
const config = defineConfig('${STACK}', {
  servers: z.record(z.string(), server),
  cluster: clusterConfig,
});

module.exports = stackProgram(__dirname, config, async ({ config, provider }) => {
  for (const server of Object.values(config.servers)) {
    const profile = generic({ ...server.unverified, port: server.port, path: '/mcp', authentication: 'none' });
    const { image, replicas, resources, clients } = server;
    new McpServer(server.name, { profile, namespace: 'tools', image, replicas, resources, clients }, { provider });
  }
  return {};
});
`;

/**
 * Makes a workspace with one stack and one environment, which runs on this workspace's packages.
 *
 * @param root This workspace.
 * @param folder The folder to make.
 */
export function makeServersWorkspace(root: string, folder: string, count: number): void {
  const stack = `stacks/${STACK}`;
  mkdirSync(folder, { recursive: true });
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  writeFiles(folder, [
    ['nx.json', '{}'],
    ['environments.yaml', 'dev: { backend: local }\n'],
    [`${stack}/package.json`, JSON.stringify({ name: STACK })],
    [
      `${stack}/Pulumi.yaml`,
      stringify({
        name: STACK,
        runtime: { name: 'nodejs', options: { typescript: false } },
        main: 'dist/index.js',
      }),
    ],
    [`${stack}/Pulumi.dev.yaml`, stringify({ config: config(count) }, { aliasDuplicateObjects: false })],
    [`${stack}/dist/index.js`, PROGRAM],
  ]);
}

/** The objects that render writes there. */
export function serversManifests(folder: string): string {
  return join(folder, 'dist', 'render', 'dev', `${STACK}.yaml`);
}

/** How many resources the stack of such a workspace registers, components and the provider among them. */
export async function countServerResources(folder: string, count: number): Promise<number> {
  const load = createRequire(join(folder, 'package.json'));
  const program = load(join(folder, 'stacks', STACK, 'dist', 'index.js')) as StackProgram;
  const { resources } = await record(program, {
    project: STACK,
    stack: 'dev',
    config: Object.fromEntries(
      Object.entries(config(count)).map(([key, value]) => [key, JSON.stringify(value)]),
    ),
  });
  return resources.length;
}

function config(count: number): Readonly<Record<string, unknown>> {
  return { [`${STACK}:cluster`]: { context: 'nowhere' }, [`${STACK}:servers`]: servers(count) };
}

function servers(count: number): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Array.from({ length: count }, (_, index) => {
      const name = `mcp-${index}`;
      const server = {
        name,
        enabled: true,
        image: `ghcr.io/acme/mcp-${index}:1.0.0`,
        port: 8080,
        replicas: 1,
        resources: { requests: { cpu: '50m', memory: '64Mi' }, limits: { memory: '256Mi' } },
        unverified: { sessions: 'in-memory', probe: { path: '/healthz' }, runAsUser: 1000 },
        clients: [{ namespace: 'agents' }],
      };
      return [name, server];
    }),
  );
}
