import { ProblemsError } from '@mcp-stacks/problem';
import { ConfigMap } from '@pulumi/kubernetes/core/v1';
import { output, secret, type Input } from '@pulumi/pulumi';
import type { ContainerArgs, K8sAppArgs } from '../src/index.js';
import { minimal } from './apps.js';
import { recordApp } from './run.js';

/** What a program's run is refused for. */
async function refused(args: K8sAppArgs | (() => K8sAppArgs)): Promise<ProblemsError> {
  const error: unknown = await recordApp(args).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(ProblemsError);
  return error as ProblemsError;
}

const image = 'ghcr.io/example/echo:1.2.3';
const main = (change: Partial<ContainerArgs>): Partial<K8sAppArgs> => ({
  container: { ...minimal.container, ...change },
});
const port = (containerPort: number): ContainerArgs => ({ image, ports: { http: { containerPort } } });
const MIB = 1024 * 1024;

test.each<[string, object, string[]]>([
  ['a name that is no label', { name: 'Echo_App' }, ['args.name']],
  ['a name of 64 characters', { name: 'a'.repeat(64) }, ['args.name']],
  ['a Service name that starts with a digit', { name: '1st' }, ['args.name']],
  ['a namespace that is no label', { namespace: 'a.b' }, ['args.namespace']],
  ['a version that is no label value', { version: '1.0+build' }, ['args.version']],
  ['bad labels', { labels: { 'a/b/c': 'x', ok: 'not ok' } }, ['args.labels["a/b/c"]', 'args.labels.ok']],
  ['no tag', main({ image: 'registry:5000/echo' }), ['args.container.image']],
  [':latest', main({ image: 'echo:latest' }), ['args.container.image']],
  ['an empty image', main({ image: '' }), ['args.container.image']],
  ['a cut digest', main({ image: 'echo@sha256:abc' }), ['args.container.image']],
  [
    'a sidecar with the name of the main container',
    { sidecars: { echo: { image } } },
    ['args.sidecars.echo'],
  ],
  [
    'an init container with the name of a sidecar',
    { sidecars: { x: { image, native: true } }, initContainers: { x: { image } } },
    ['args.sidecars.x'],
  ],
  ['a sidecar name that is no label', { sidecars: { my_proxy: { image } } }, ['args.sidecars.my_proxy']],
  [
    'port names that are none',
    main({ ports: { 'a-name-of-16-chr': { containerPort: 1 }, '8080': { containerPort: 2 } } }),
    ['args.container.ports["8080"]', 'args.container.ports["a-name-of-16-chr"]'],
  ],
  ['a port out of range', main(port(65536)), ['args.container.ports.http.containerPort']],
  [
    'port 0 and a fraction',
    main({ ports: { a: { containerPort: 0 }, b: { containerPort: 1.5 } } }),
    ['args.container.ports.a.containerPort', 'args.container.ports.b.containerPort'],
  ],
  ['one port name twice', { sidecars: { x: port(9090) } }, ['args.sidecars.x.ports.http']],
  [
    'one port number twice',
    { sidecars: { x: { image, ports: { other: { containerPort: 8080 } } } } },
    ['args.sidecars.x.ports.other.containerPort'],
  ],
  [
    'one Service port twice',
    { sidecars: { x: { image, ports: { other: { containerPort: 9090, service: 8080 } } } } },
    ['args.sidecars.x.ports.other.service'],
  ],
  [
    'a Service port of an init container',
    { initContainers: { x: { image, ports: { other: { containerPort: 9090, service: true } } } } },
    ['args.initContainers.x.ports.other.service'],
  ],
  [
    'a Service port without a Service',
    { service: false, ...main({ ports: { http: { containerPort: 8080, service: 80 } } }) },
    ['args.container.ports.http.service'],
  ],
  ['a Service without ports', { service: {}, container: { image } }, ['args.service']],
  [
    'an affinity timeout without affinity',
    { service: { sessionAffinityTimeoutSeconds: 60 } },
    ['args.service.sessionAffinityTimeoutSeconds'],
  ],
  [
    'an affinity timeout of more than a day',
    { service: { sessionAffinity: 'ClientIP', sessionAffinityTimeoutSeconds: 86401 } },
    ['args.service.sessionAffinityTimeoutSeconds'],
  ],
  [
    'a mount of a missing volume',
    main({ volumeMounts: { '/tmp': { volume: 'scratch' } } }),
    ['args.container.volumeMounts["/tmp"].volume'],
  ],
  ['a volume that nothing mounts', { volumes: { scratch: { emptyDir: {} } } }, ['args.volumes.scratch']],
  [
    'mount paths that are relative, climb, or are the same',
    {
      volumes: { v: { emptyDir: {} } },
      ...main({
        volumeMounts: {
          tmp: { volume: 'v' },
          '/a/../b': { volume: 'v' },
          '/c': { volume: 'v' },
          '/c/': { volume: 'v', subPath: '/x' },
        },
      }),
    },
    [
      'args.container.volumeMounts.tmp',
      'args.container.volumeMounts["/a/../b"]',
      'args.container.volumeMounts["/c/"]',
      'args.container.volumeMounts["/c/"].subPath',
    ],
  ],
  [
    'a hostPath',
    { volumes: { v: { hostPath: { path: '/' } } }, ...main({ volumeMounts: { '/host': { volume: 'v' } } }) },
    ['args.volumes.v.hostPath'],
  ],
  [
    'a volume with two sources, and one with none',
    {
      volumes: { a: { emptyDir: {}, secret: { secretName: 's' } }, b: {} },
      ...main({ volumeMounts: { '/a': { volume: 'a' }, '/b': { volume: 'b' } } }),
    },
    ['args.volumes.a', 'args.volumes.b'],
  ],
  [
    'an environment variable name',
    main({ env: { '1ST': '', 'A-B': '' } }),
    ['args.container.env["1ST"]', 'args.container.env["A-B"]'],
  ],
  ['a variable from nowhere', main({ env: { A: {} } }), ['args.container.env.A']],
  [
    'a key that an owned Secret has not',
    { secrets: { s: { token: 'x' } }, ...main({ env: { A: { secretKeyRef: { name: 's', key: 'tokn' } } } }) },
    ['args.container.env.A.secretKeyRef.key'],
  ],
  [
    'a key that an owned ConfigMap has not',
    { configMaps: { c: {} }, ...main({ env: { A: { configMapKeyRef: { name: 'c', key: 'k' } } } }) },
    ['args.container.env.A.configMapKeyRef.key'],
  ],
  [
    'quantities',
    main({ resources: { requests: { cpu: '1 core', memory: '512m' }, limits: { cpu: '-1' } } }),
    [
      'args.container.resources.requests.cpu',
      'args.container.resources.requests.memory',
      'args.container.resources.limits.cpu',
    ],
  ],
  [
    'requests above limits',
    main({ resources: { requests: { cpu: '1.1', memory: '1Gi' }, limits: { cpu: '1000m', memory: '1G' } } }),
    ['args.container.resources.requests.cpu', 'args.container.resources.requests.memory'],
  ],
  [
    'probes',
    main({
      readinessProbe: {},
      livenessProbe: { tcpSocket: { port: 'admin' }, periodSeconds: 0, successThreshold: 2 },
    }),
    [
      'args.container.readinessProbe',
      'args.container.livenessProbe.periodSeconds',
      'args.container.livenessProbe.successThreshold',
      'args.container.livenessProbe.tcpSocket.port',
    ],
  ],
  [
    'a probe of an init container',
    { initContainers: { x: { image, readinessProbe: { exec: { command: ['true'] } } } } },
    ['args.initContainers.x.readinessProbe'],
  ],
  ['root without an exception', main({ runAsUser: 0 }), ['args.container.runAsUser']],
  ['root for the whole pod', { runAsUser: 0 }, ['args.runAsUser']],
  [
    'an exception that changes nothing',
    main({ securityExceptions: [{ allow: 'runAsRoot', reason: 'because' }] }),
    ['args.container.securityExceptions'],
  ],
  [
    'exceptions twice, unknown and without a reason',
    main({
      securityExceptions: [
        { allow: 'writableRootFilesystem', reason: ' ' },
        { allow: 'writableRootFilesystem', reason: 'again' },
        { allow: 'everything' as 'runAsRoot', reason: 'why not' },
      ],
    }),
    [
      'args.container.securityExceptions[0].reason',
      'args.container.securityExceptions[1].allow',
      'args.container.securityExceptions[2].allow',
    ],
  ],
  [
    'a secure default undone on the side',
    {
      automountServiceAccountToken: true,
      hostNetwork: true,
      podSecurityContext: { runAsNonRoot: false, seccompProfile: { type: 'Unconfined' } },
      ...main({
        securityContext: {
          privileged: true,
          seccompProfile: { type: 'Unconfined' },
          procMount: 'Unmasked',
        } as object,
      }),
    },
    [
      'args.container.securityContext.privileged',
      'args.container.securityContext.seccompProfile.type',
      'args.container.securityContext.procMount',
      'args.automountServiceAccountToken',
      'args.hostNetwork',
      'args.podSecurityContext.runAsNonRoot',
      'args.podSecurityContext.seccompProfile.type',
    ],
  ],
  [
    'replicas beside an autoscaler',
    { replicas: 2, autoscaler: { minReplicas: 1, maxReplicas: 2 } },
    ['args.replicas'],
  ],
  [
    'minReplicas above maxReplicas',
    { autoscaler: { minReplicas: 3, maxReplicas: 2 } },
    ['args.autoscaler.minReplicas'],
  ],
  [
    'a budget that blocks drains',
    { disruptionBudget: { minAvailable: 1 } },
    ['args.disruptionBudget.minAvailable'],
  ],
  [
    'a percentage that rounds up to all pods',
    { replicas: 3, disruptionBudget: { minAvailable: '67%' } },
    ['args.disruptionBudget.minAvailable'],
  ],
  [
    'a budget of no missing pod',
    { autoscaler: { minReplicas: 2, maxReplicas: 4 }, disruptionBudget: { maxUnavailable: 0 } },
    ['args.disruptionBudget.maxUnavailable'],
  ],
  ['a budget without a number', { disruptionBudget: {} }, ['args.disruptionBudget']],
  [
    'a budget that is no percentage',
    { disruptionBudget: { maxUnavailable: '1' } },
    ['args.disruptionBudget.maxUnavailable'],
  ],
  [
    'negative numbers',
    {
      replicas: -1,
      rolloutTimeoutSeconds: 0,
      terminationGracePeriodSeconds: -1,
      revisionHistoryLimit: -1,
      fsGroup: -1,
      runAsUser: Number.NaN,
    },
    [
      'args.runAsUser',
      'args.fsGroup',
      'args.replicas',
      'args.rolloutTimeoutSeconds',
      'args.terminationGracePeriodSeconds',
      'args.revisionHistoryLimit',
    ],
  ],
  [
    'names and keys of owned objects',
    { configMaps: { A: { 'a/b': '' } }, secrets: { s: { '..x': '' } } },
    ['args.configMaps.A', 'args.configMaps.A["a/b"]', 'args.secrets.s["..x"]'],
  ],
  ['a ConfigMap over 1 MiB', { configMaps: { c: { a: 'x'.repeat(MIB), b: 'y' } } }, ['args.configMaps.c']],
])('refuses %s', async (_title, change, where) => {
  const { problems } = await refused({ ...minimal, ...change });
  expect(problems.map((problem) => problem.where)).toEqual(where);
});

test.each<[string, object]>([
  ['a digest beside :latest', main({ image: `echo:latest@sha256:${'a'.repeat(64)}` })],
  ['a registry with a port', main({ image: 'registry:5000/a/echo:1' })],
  [
    'equal quantities in other words',
    main({ resources: { requests: { cpu: '0.1' }, limits: { cpu: '100m' } } }),
  ],
  ['a percentage that leaves a pod', { replicas: 3, disruptionBudget: { minAvailable: '66%' } }],
  ['a budget for no pods', { replicas: 0, disruptionBudget: { minAvailable: 1 } }],
  [
    'one number over two protocols',
    main({ ports: { a: { containerPort: 53 }, b: { containerPort: 53, protocol: 'UDP' } } }),
  ],
  ['a ConfigMap of 1 MiB', { configMaps: { c: { a: 'x'.repeat(MIB) } } }],
  ['a name that starts with a digit without a Service', { name: '1st', service: false }],
])('accepts %s', async (_title, change) => {
  await expect(recordApp({ ...minimal, ...change })).resolves.toBeDefined();
});

test('all problems come together, under the name of the component', async () => {
  const { message } = await refused({ ...minimal, replicas: -1, ...main({ image: 'echo' }) });
  expect(message).toMatchInlineSnapshot(`
    "K8sApp "echo": 2 problems

      1. args.container.image
           found:    "echo"
           expected: a fixed tag or digest: without one, a restarted pod may run another program than its neighbour
           fix:      Name a version, as in image:1.2.3, or pin the digest.

      2. args.replicas
           found:    -1
           expected: an integer of 0 or more
           fix:      Give a number in that range, or leave it out for the default."
  `);
});

describe('a promised value', () => {
  /** What a provider may leave out of an output whose type promises it. */
  const missing = (): Input<string> =>
    new ConfigMap('earlier', { metadata: { name: 'earlier' } }).metadata.uid;
  /** What only a deployment can tell. */
  const unknownSecret = (): Input<string> => secret(new ConfigMap('later').id);

  test.each<[string, (value: Input<string>) => Partial<K8sAppArgs>, () => Input<string>, string]>([
    [
      'that is an image without a tag',
      (value) => main({ image: value }),
      () => 'echo',
      'args.container.image',
    ],
    [
      'too large for a ConfigMap',
      (v) => ({ configMaps: { c: { v } } }),
      () => 'x'.repeat(MIB + 1),
      'args.configMaps.c',
    ],
    ['that is nothing, in a Secret', (v) => ({ secrets: { s: { v } } }), missing, 'args.secrets.s.v'],
    [
      'that is secret, as a variable',
      (v) => main({ env: { A: v } }),
      () => secret('x'),
      'args.container.env.A',
    ],
    ['that is secret and unknown', (v) => main({ env: { A: v } }), unknownSecret, 'args.container.env.A'],
    [
      'that is secret, on the command line',
      (v) => main({ args: ['-t', v] }),
      () => secret('x'),
      'args.container.args[1]',
    ],
    [
      'that is secret, in a ConfigMap',
      (v) => ({ configMaps: { c: { k: v } } }),
      () => secret('x'),
      'args.configMaps.c.k',
    ],
  ])('%s is refused', async (_title, change, value, where) => {
    const { problems } = await refused(() => ({ ...minimal, ...change(output(value())) }));
    expect(problems.map((problem) => problem.where)).toEqual([where]);
  });
});

test('no message shows a secret', async () => {
  const { message } = await refused({
    ...minimal,
    secrets: { 'not a name': { 'not/a/key': 's3cr3t' }, big: { value: 's3cr3t'.repeat(MIB) } },
  });
  expect(message).toContain('args.secrets.big');
  expect(message).not.toContain('s3cr3t');
});
