import * as fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { ChainProblemsError, chainReport, renderChain, writeManifests } from '../src/index.js';
import { configMap, deployment, type FixtureStack, fixtureWorkspace } from './fixture-workspace.js';

const CONTRACT = `{ stack: 'base', outputs: z.strictObject({ namespace: z.string(), token: z.any() }) }`;

async function rendered(
  root: string,
  options: { environments?: string[]; stacks?: string[] } = {},
): Promise<string> {
  const chain = await renderChain({ root, ...options });
  const files = writeManifests(chain).map(
    (file) => `${file.slice(root.length + 1)}:\n${readFileSync(file, 'utf8')}`,
  );
  return [chainReport(chain), ...files].join('\n');
}

async function refused(root: string): Promise<string> {
  try {
    await renderChain({ root });
  } catch (error) {
    if (error instanceof ChainProblemsError) return error.message;
    throw error;
  }
  throw new Error('nothing was refused');
}

test('a chain: outputs flow down, secrets stay out, what others give is assumed', async () => {
  const root = fixtureWorkspace({
    base: {
      keys: '{ namespace: z.string(), token: secretString() }',
      config: {
        dev: '\n  base:namespace: tools\n  base:token: { secure: hunter2 }',
        prod: '\n  namespace: tools\n  token: { secure: hunter2 }',
      },
      program: `
        new k8s.core.v1.Namespace('ns', { metadata: { name: config.namespace } }, { ...opts, protect: true });
        new k8s.networking.v1.NetworkPolicy('deny', {
          metadata: { name: 'deny', namespace: config.namespace },
          spec: { podSelector: {}, policyTypes: ['Ingress', 'Egress'] },
        }, opts);
        return { namespace: config.namespace, token: config.token };`,
    },
    server: {
      upstreams: ['base'],
      config: { dev: ' {}', prod: ' {}' },
      files: {
        'assumed.dev.yaml': 'organization/identity/x:\n  account: { name: me }\norganization/other/y: {}\n',
        'assumed.prod.yaml': 'organization/identity/x: { account: { name: you } }\n',
      },
      program: `
        const { namespace, token } = await consume(${CONTRACT});
        const account = await new pulumi.StackReference('organization/identity/x').getOutputValue('account');
        const password = new random.RandomPassword('password', { length: 32 });
        new k8s.core.v1.Secret('secret', {
          metadata: { name: 'server', namespace },
          stringData: { upstream: token, password: password.result },
        }, opts);
        new k8s.core.v1.Service('service', {
          metadata: { name: 'server', namespace },
          spec: { selector: { app: 'server' }, ports: [{ port: 80, targetPort: 'http' }] },
        }, opts);
        new k8s.networking.v1.NetworkPolicy('allow', {
          metadata: { name: 'server', namespace },
          spec: {
            podSelector: { matchLabels: { app: 'server' } },
            policyTypes: ['Ingress', 'Egress'],
            ingress: [{
              from: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'agents' } } }],
              ports: [{ port: 'http' }],
            }],
            egress: [
              { to: [{ namespaceSelector: {} }], ports: [{ port: 53, protocol: 'UDP' }] },
              { to: [{ ipBlock: { cidr: '0.0.0.0/0', except: ['169.254.0.0/16'] } }], ports: [{ port: 443 }] },
            ],
          },
        }, opts);
        ${deployment('server', { pod: 'serviceAccountName: account.name,' })}
        pulumi.log.warn('the sky is falling');
        pulumi.log.warn('the sky is falling');
        pulumi.log.info('all is said');
        return {};`,
    },
    other: { upstreams: ['base'], program: `await consume(${CONTRACT}); ${deployment('open')} return {};` },
  });
  const output = await rendered(root);
  expect(output).not.toContain('hunter2');
  expect(output).toMatchSnapshot();
});

test('a selected stack alone is shown and written; what it builds on only runs', async () => {
  const root = fixtureWorkspace({
    base: { program: `${configMap('base')} return { namespace: 'tools', token: 't' };` },
    server: { upstreams: ['base'], program: `const { namespace } = await consume(${CONTRACT}); return {};` },
    apart: { program: `throw new Error('must not run');` },
  });
  expect(await rendered(root, { stacks: ['server'], environments: ['dev'] })).toMatchSnapshot();
});

test('the order of registration changes nothing in the file', async () => {
  const names = ['b', 'a', 'c', 'd'];
  const sources = [
    ...names.map((name) => configMap(name, `{ z: '1', a: '2' }`)),
    deployment('web'),
    `new k8s.core.v1.Namespace('ns', { metadata: { name: 'tools' } }, opts);`,
    `new k8s.core.v1.Secret('s', { metadata: { name: 's' }, stringData: { k: 'v' } }, opts);`,
  ];
  const yaml = async (order: readonly string[]): Promise<string> => {
    const root = fixtureWorkspace({ base: { program: `${order.join('\n')} return {};` } });
    const [file = ''] = writeManifests(await renderChain({ root }));
    return readFileSync(file, 'utf8');
  };
  const expected = await yaml(sources);
  expect(expected.match(/^kind: .*/gm)).toEqual([
    'kind: Namespace',
    'kind: ConfigMap',
    'kind: ConfigMap',
    'kind: ConfigMap',
    'kind: ConfigMap',
    'kind: Deployment',
  ]);
  await fc.assert(
    fc.asyncProperty(
      fc.shuffledSubarray(sources, { minLength: sources.length }),
      async (order) => (await yaml(order)) === expected,
    ),
    { numRuns: 10 },
  );
});

test('the configuration arrives as the engine hands it over', async () => {
  const root = fixtureWorkspace({
    base: {
      files: {
        'Pulumi.yaml':
          'name: base\nruntime: nodejs\nmain: dist/index.js\nconfig:\n  one: { default: 1 }\n  two: { value: two }\n  text: below\n',
        'dist/index.js': `
          const pulumi = require('@pulumi/pulumi');
          const { z } = require('zod');
          module.exports = Object.assign(async () => ({
            config: pulumi.runtime.allConfig(),
            secret: Object.keys(pulumi.runtime.allConfig()).filter((key) => pulumi.runtime.isConfigSecret(key)),
            context: process.env.MCP_STACKS_CONTEXT,
            folder: require('node:path').basename(process.cwd()),
          }), { config: { project: 'base', schema: z.looseObject({}) } });`,
      },
      config: {
        dev: `
  text: above
  base:number: 1.0
  octal: 0o17
  yes: yes
  bool: true
  nothing: ~
  list: [1, two, { three: 3 }]
  other:config:old: form
  anchored: &anchor { a: 1 }
  again: *anchor
  token: { secure: hunter2 }
  nested: { a: { secure: hunter2 }, b: { secure: hunter2, more: 1 } }`,
      },
    },
    server: {
      upstreams: ['base'],
      program: `
        const { config: given, secret, context, folder } = await consume({ stack: 'base', outputs: z.looseObject({
          config: z.unknown(), secret: z.unknown(), context: z.unknown(), folder: z.unknown(),
        }) });
        new k8s.core.v1.ConfigMap('seen', { metadata: { name: 'seen' }, data: {
          config: JSON.stringify(given, null, 1), secret: JSON.stringify(secret), context, folder,
        } }, opts);
        return {};`,
    },
  });
  const chain = await renderChain({ root, stacks: ['server'] });
  expect(chain.environments[0]?.stacks[1]?.manifests[0]?.object.data).toMatchSnapshot();
  expect(process.env.MCP_STACKS_CONTEXT).toBeUndefined();
});

const serverOn = (
  program: string,
  base = `return { namespace: 'tools', token: 't' };`,
): Record<string, FixtureStack> => ({
  base: { program: base },
  server: { upstreams: ['base'], program: `${program} return {};` },
});
const alone = (program: string): Record<string, FixtureStack> => ({
  base: { program: `${program} return {};` },
});

const refusals: readonly (readonly [string, Record<string, FixtureStack>])[] = [
  [
    'a program that is not built',
    { base: { files: { 'Pulumi.yaml': 'name: base\nruntime: nodejs\nmain: out/index.js\n' } } },
  ],
  ['a program that is no stack program', { base: { files: { 'dist/index.js': 'module.exports = {};' } } }],
  [
    'a program that cannot be loaded',
    { base: { files: { 'dist/index.js': `throw new TypeError('broken');` } } },
  ],
  ['a defect', alone(`undefined.foo;`)],
  ['a logged error', alone(`pulumi.log.error('this will not do');`)],
  ['a call of a provider', alone(`await pulumi.runtime.invoke('kubernetes:helm:template', {});`)],
  [
    'config of all stacks and environments at once',
    {
      base: { keys: '{ size: z.int() }', config: { dev: '\n  base:size: big', prod: '\n  base:siz: 1' } },
      server: {
        upstreams: ['base'],
        keys: '{ on: z.boolean() }',
        config: { dev: '\n  server:on: 7', prod: '\n  on: true' },
      },
    },
  ],
  ['config that is no mapping', { base: { config: { dev: '\n  - hunter2' } } }],
  [
    'an outside stack without stand-in',
    alone(`
    const { consumeOutside } = require('@mcp-stacks/stack');
    await consumeOutside('organization/identity/x', { account: 'outputs.account' }, z.object({ account: z.string() }), 'base:identity');`),
  ],
  [
    'stand-ins that are none',
    { base: { files: { 'assumed.dev.yaml': 'x: {}\norganization/base/dev: {}\norganization/a/b: 7\n' } } },
  ],
  ['malformed stand-ins', { base: { files: { 'assumed.dev.yaml': 'a: [' } } }],
  ['an upstream that nothing reads', serverOn(configMap('a'))],
  [
    'an upstream that is not declared',
    { base: {}, server: { program: `new pulumi.StackReference('organization/base/dev'); return {};` } },
  ],
  ['an output that is missing', serverOn(`await consume(${CONTRACT});`, `return { token: 't' };`)],
  [
    'two objects of one name in one stack and in two',
    {
      base: { program: `${configMap('a')} return {};` },
      server: {
        program: `
          new k8s.core.v1.ConfigMap('b', { metadata: { name: 'a', namespace: 'tools' } }, opts);
          new k8s.core.v1.ConfigMap('c', { metadata: { name: 'a', namespace: 'elsewhere' } }, opts);
          new k8s.core.v1.ConfigMapPatch('d', { metadata: { name: 'a', namespace: 'tools' } }, opts);
          return {};`,
      },
    },
  ],
  [
    'a generated name',
    alone(`
      new k8s.core.v1.ConfigMap('none', { data: {} }, opts);
      new k8s.core.v1.ConfigMap('prefix', { metadata: { generateName: 'prefix-', namespace: 'tools' } }, opts);`),
  ],
  [
    'values that only a deployment can tell',
    alone(`
      const pet = new random.RandomPet('pet');
      const map = ${configMap('a')}
      new k8s.core.v1.ConfigMap('b', { metadata: { name: pet.id }, data: { pet: pet.id, name: map.metadata.name } }, opts);`),
  ],
  [
    'a secret outside of a Secret',
    alone(`
      ${configMap('a', `{ token: pulumi.secret('hunter2') }`)}
      new k8s.core.v1.Secret('s', {
        metadata: { name: 's', labels: { token: pulumi.secret('hunter2') } }, stringData: { token: 'hunter2' },
      }, opts);`),
  ],
  [
    'what the API would refuse or drop',
    alone(`
      ${deployment('a', { pod: 'tolerance: [],', container: `imagePolicy: 'Always', livenessProbe: { periodSeconds: '5' },` }).replace('spec: {', 'spec: { replicas: "3",')}
      new k8s.networking.v1.NetworkPolicy('n', {
        metadata: { name: 'n', lables: {} }, spec: { podSelector: {}, ingress: [{ form: [] }, { ports: [{ port: {} }] }] },
      }, opts);
      new k8s.policy.v1.PodDisruptionBudget('p', { metadata: { name: 'p' }, spec: { maxUnavailable: [1] } }, opts);
      new k8s.core.v1.ResourceQuota('q', { metadata: { name: 'q' }, spec: { hard: { pods: '4 pods' } } }, opts);
      new k8s.apiextensions.CustomResource('m', {
        apiVersion: 'monitoring.coreos.com/v1', kind: 'PodMonitor', metadata: { name: 'm' },
        spec: { podMetricsEndpoints: [{ port: 'm', intervall: '1s' }] },
      }, opts);
      new k8s.apiextensions.CustomResource('v', {
        apiVersion: 'operator.victoriametrics.com/v1beta1', kind: 'VMPodScrape', metadata: { name: 'v', label: {} }, spec: { any: 1 },
      }, opts);`),
  ],
  [
    'pods that are not restricted',
    alone(
      deployment('a', {
        pod: `hostNetwork: true, volumes: [{ name: 'v', hostPath: { path: '/' } }],
              initContainers: [{ name: 'init', image: 'i:1', securityContext: { runAsUser: 0, privileged: true } }],`,
      }),
    ),
  ],
];

test.each(refusals)('refuses %s', async (_, stacks) => {
  const message = await refused(fixtureWorkspace(stacks));
  expect(message).not.toContain('hunter2');
  expect(message).toMatchSnapshot();
});

test('an exception that the component announced with its reason is a warning', async () => {
  const app = (exceptions: string): Record<string, FixtureStack> =>
    alone(`
      const { K8sApp } = require('@mcp-stacks/k8s-app');
      new K8sApp('echo', {
        namespace: 'tools',
        container: { image: 'ghcr.io/example/echo:1.2.3' ${exceptions} },
      }, { providers: [provider] });`);
  const both = `, runAsUser: 0, securityExceptions: [
    { allow: 'writableRootFilesystem', reason: 'it compiles at run time' },
    { allow: 'runAsRoot', reason: 'it binds port 80' },
  ]`;
  const chain = await renderChain({ root: fixtureWorkspace(app(both)) });
  expect(chain.environments[0]?.stacks[0]?.warnings).toEqual([
    expect.stringMatching(/container "echo" .*: it compiles at run time$/),
    expect.stringMatching(/container "echo" .*: it binds port 80$/),
  ]);
  // The same without the warning.
  const message = await refused(
    fixtureWorkspace(
      alone(
        deployment('echo', {
          container: 'securityContext: { readOnlyRootFilesystem: false, runAsNonRoot: false },',
        }),
      ),
    ),
  );
  expect(message).toContain('containers[main].securityContext.readOnlyRootFilesystem');
  expect(message).toContain('containers[main].securityContext.runAsNonRoot');
});

test.each([
  ['beside its file', 'a', 40],
  ['above its file', 'a'.repeat(30), 40],
  ['broken, as its file', 'a'.repeat(100), 40],
])('the name of a stack stands %s, inside the frame', async (_where, name, columns) => {
  const root = fixtureWorkspace({ [name]: {} });
  const report = chainReport(await renderChain({ root }), { columns });
  const frame = report.split('\n').filter((line) => /^[┌│├└]/.test(line));
  expect(frame.map((line) => line.length)).toEqual(frame.map(() => columns));
  const title = frame.slice(
    1,
    frame.findIndex((line) => line.startsWith('├')),
  );
  const shown = title.map((line) => line.slice(2, -2).trim()).join('');
  expect(shown.replace(/\s/g, '')).toBe(`${name}dist/render/dev/${name}.yaml`);
});
