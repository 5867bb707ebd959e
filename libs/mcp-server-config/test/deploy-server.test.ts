import { githubHttp, pulumi as pulumiProfile } from '@mcp-stacks/mcp-server';
import type { NamespaceOutputs } from '@mcp-stacks/namespace-contract';
import { record } from '@mcp-stacks/recorder';
import type { StackContext } from '@mcp-stacks/stack';
import * as k8s from '@pulumi/kubernetes';
import { z } from 'zod';
import { defaults, deployServer, type ServerDeployment, serverKeys } from '../src/index.js';

const namespace: NamespaceOutputs = {
  namespace: 'mcp',
  serviceAccounts: { 'mcp-x': 'mcp-x' },
  imagePullSecrets: ['registry'],
  volumeClaims: {},
  apiServer: { cidrs: [], port: 6443 },
  identity: {},
};

const keys = z.strictObject(serverKeys);
const server = (over: Partial<z.input<typeof keys>> = {}) =>
  keys.parse({ name: 'mcp-x', enabled: true, image: 'acme/x:1.4.0', ...over });

async function deploy(over: Partial<ServerDeployment> = {}) {
  return await record(
    async () => {
      const context = {
        provider: new k8s.Provider('cluster', { context: 'c' }),
        consume: () => Promise.resolve(namespace),
      } as unknown as Pick<StackContext<z.ZodObject>, 'provider' | 'consume'>;
      return await deployServer(context, {
        key: 'acme',
        server: server(),
        clients: [{ namespace: 'agents' }],
        defaults: defaults.parse({}),
        profile: githubHttp({ image: 'acme/x:1.4.0' }),
        ...over,
      });
    },
    { project: 'acme-mcp', stack: 'dev' },
  );
}

test('a server is deployed into the namespace, as its account, with the secrets that pull its image', async () => {
  const { resources, outputs } = await deploy();
  const deployment = resources.find(({ type }) => type === 'kubernetes:apps/v1:Deployment');
  expect(deployment?.inputs).toMatchObject({
    metadata: { namespace: 'mcp', name: 'mcp-x' },
    spec: { template: { spec: { serviceAccountName: 'mcp-x', imagePullSecrets: [{ name: 'registry' }] } } },
  });
  expect(outputs).toEqual({ name: 'mcp-x', enabled: true, url: 'http://mcp-x.mcp:8082/mcp' });
});

test('one that is switched off deploys nothing, and says so', async () => {
  const { resources, outputs, logs } = await deploy({ server: server({ enabled: false }) });
  expect(resources.filter(({ custom }) => custom).map(({ type }) => type)).toEqual([
    'pulumi:providers:kubernetes',
  ]);
  expect(outputs).toEqual({ name: 'mcp-x', enabled: false });
  expect(logs.map(({ message }) => message)).toEqual([
    'mcp-x is switched off (enabled: false): nothing is deployed',
  ]);
});

test.each<[string, Partial<ServerDeployment>, string]>([
  ['a key of the server', { server: server({ allowOrigins: ['*'] }) }, '1. acme-mcp:acme.allowOrigins\n'],
  [
    'a key beside it',
    { clients: [], profile: pulumiProfile({ runAsUser: 1000, cacheDirectory: '/c' }) },
    '1. acme-mcp:clients\n',
  ],
  [
    'a key of the workload',
    { server: server({ resources: { requests: { cpu: '2' }, limits: { cpu: '1' } } }) },
    '1. acme-mcp:acme.resources.requests.cpu\n',
  ],
  [
    'an account that is missing upstream',
    { server: server({ name: 'mcp-y' }) },
    'add mcp-y: {} to namespace-rbac:servers in Pulumi.dev.yaml, then npx nx run namespace-rbac:up -c dev',
  ],
])('a refusal names what the author wrote: %s', async (_what, over, text) => {
  await expect(deploy(over)).rejects.toThrow(text);
});
