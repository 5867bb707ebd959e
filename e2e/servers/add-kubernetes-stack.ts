import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { type Deployment, ENVIRONMENT } from '../engine/deployment.js';
import { IMAGES } from './images.js';

export const KUBERNETES_STACK = 'kubernetes-mcp';
export const KUBERNETES_SERVER = 'mcp-kubernetes';

/** What a team writes for a server that uses the Kubernetes API and has real health and metrics. */
const PROGRAM = `
const { generic } = require('@mcp-stacks/mcp-server');
const {
  clients, defaults, deployServer, serverKeys, statedFacts,
} = require('@mcp-stacks/mcp-server-config');
const { clusterConfig, defineConfig, stackProgram } = require('@mcp-stacks/stack');
const { z } = require('zod');

const config = defineConfig('${KUBERNETES_STACK}', {
  server: z.strictObject({ ...serverKeys, unverified: statedFacts }),
  clients,
  defaults,
  cluster: clusterConfig,
});

module.exports = stackProgram(__dirname, config, async (context) => {
  const { server, clients, defaults } = context.config;
  return await deployServer(context, {
    key: 'server',
    server,
    clients,
    defaults,
    profile: generic({
      ...server.unverified,
      port: 8080,
      path: '/mcp',
      authentication: 'none',
      usesKubernetesApi: true,
    }),
    specifics: ({ apiServer }) => ({
      kubernetesAccess: { kubeconfigPath: '/var/run/kube/config', env: 'KUBECONFIG', apiServer },
    }),
  });
});
`;

/**
 * Adds a stack for `containers/kubernetes-mcp-server` to a copy of this workspace: a server that nobody wrote a
 * profile for. Its metrics are scraped where `monitoring` is switched on.
 */
export function addKubernetesStack(deployment: Deployment): void {
  const folder = join(deployment.root, 'stacks', KUBERNETES_STACK);
  mkdirSync(join(folder, 'dist'), { recursive: true });
  const write = (file: string, text: string) => {
    writeFileSync(join(folder, file), text);
  };
  write('dist/index.js', PROGRAM);
  write(
    'package.json',
    JSON.stringify({
      name: KUBERNETES_STACK,
      main: './dist/index.js',
      nx: { tags: ['type:stack'], implicitDependencies: ['namespace-rbac'] },
    }),
  );
  write(
    'Pulumi.yaml',
    stringify({
      name: KUBERNETES_STACK,
      runtime: { name: 'nodejs', options: { typescript: false } },
      main: 'dist/index.js',
    }),
  );
  write(
    `Pulumi.${ENVIRONMENT}.yaml`,
    stringify({
      config: {
        [`${KUBERNETES_STACK}:server`]: {
          name: KUBERNETES_SERVER,
          enabled: true,
          image: IMAGES.kubernetes,
          rolloutTimeoutSeconds: 60,
          unverified: {
            sessions: 'in-memory',
            probe: { path: '/healthz' },
            runAsUser: 65532,
            metrics: { port: 8080, path: '/metrics' },
          },
        },
        [`${KUBERNETES_STACK}:clients`]: [],
        [`${KUBERNETES_STACK}:cluster`]: { context: process.env.E2E_CONTEXT },
      },
    }),
  );
  deployment.set('namespace-rbac', `servers/${KUBERNETES_SERVER}`, { kubernetesAccess: {} });
}
