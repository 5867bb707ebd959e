import { containsSecret, record, type SecretValue, UnknownValue, type Recording } from '@mcp-stacks/recorder';
import { ConfigMap } from '@pulumi/kubernetes/core/v1';
import { secret } from '@pulumi/pulumi';
import { K8sApp, type ContainerArgs, type K8sAppArgs, type K8sAppTransforms } from '../src/index.js';
import { everything, minimal } from './apps.js';
import { deploymentSpec, only, recordApp } from './run.js';

const image = 'ghcr.io/example/echo:1.2.3';
const annotations = (recording: Recording): Readonly<Record<string, unknown>> =>
  deploymentSpec(recording).template.metadata.annotations ?? {};

test('the type token, for ever', async () => {
  const { resources } = await recordApp(minimal);
  expect(resources.filter(({ custom }) => !custom).map(({ type }) => type)).toEqual([
    'mcp-stacks:k8s-app:K8sApp',
  ]);
});

test('every child has the name of its component in front, and hangs under it', async () => {
  const { resources } = await recordApp(everything);
  const [app, ...children] = resources;
  expect(children).toHaveLength(7);
  for (const { name, parent, inputs } of children) {
    expect(name).toMatch(/^echo-/);
    expect(parent).toBe(app?.urn);
    expect(inputs.metadata).toHaveProperty('name');
  }
});

test('handles to every child', async () => {
  const { outputs } = await record(() => {
    const app = new K8sApp('echo', everything());
    return {
      deployment: app.deployment.metadata.name,
      service: app.service?.metadata.name,
      autoscaler: app.autoscaler?.metadata.name,
      disruptionBudget: app.disruptionBudget?.metadata.name,
      networkPolicy: app.networkPolicy?.metadata.name,
      configMap: app.configMaps['echo-config']?.metadata.name,
      secret: app.secrets['echo-token']?.metadata.name,
      name: app.appName,
      selector: app.selectorLabels,
    };
  });
  expect(outputs).toEqual({
    deployment: 'echo-app',
    service: 'echo-app',
    autoscaler: 'echo-app',
    disruptionBudget: 'echo-app',
    networkPolicy: 'echo-app',
    configMap: 'echo-config',
    secret: 'echo-token',
    name: 'echo-app',
    selector: { 'app.kubernetes.io/name': 'echo-app', 'app.kubernetes.io/instance': 'echo-app' },
  });
});

test.each<[string, Partial<K8sAppArgs>]>([
  ['the version', { version: '9.9.9' }],
  ['component and part-of', { component: 'worker', partOf: 'else' }],
  ['further labels', { labels: { team: 'b', 'app.kubernetes.io/instance': 'other' } }],
  ['the image', { container: { ...minimal.container, image: 'ghcr.io/example/echo:9.9.9' } }],
])('the selector does not change with %s', async (_title, change) => {
  const before = deploymentSpec(await recordApp(minimal));
  const after = deploymentSpec(await recordApp({ ...minimal, ...change }));
  expect(after.template).not.toEqual(before.template);
  expect(after.selector).toEqual(before.selector);
  expect(after.template.metadata.labels).toMatchObject({ 'app.kubernetes.io/instance': 'echo' });
});

test('init containers start first, then native sidecars, each in the order given', async () => {
  const { initContainers, containers } = deploymentSpec(
    await recordApp({
      ...minimal,
      sidecars: { z: { image, native: true }, plain: { image }, a: { image, native: true } },
      initContainers: { second: { image }, first: { image } },
    }),
  ).template.spec;
  expect(initContainers?.map(({ name, restartPolicy }) => [name, restartPolicy])).toEqual([
    ['second', undefined],
    ['first', undefined],
    ['z', 'Always'],
    ['a', 'Always'],
  ]);
  expect(containers.map(({ name, restartPolicy }) => [name, restartPolicy])).toEqual([
    ['echo', undefined],
    ['plain', undefined],
  ]);
});

test.each<[string, Record<string, string>, string[]]>([
  ['by name', { B: '', A: '' }, ['A', 'B']],
  ['after what it refers to', { A: '$(B)', B: '$(C)', C: '' }, ['C', 'B', 'A']],
  ['by name where the reference is escaped', { A: '$$(B)', B: '' }, ['A', 'B']],
  ['by name where it refers to something else or itself', { A: '$(PATH) $(A)', B: '' }, ['A', 'B']],
  ['in any order that ends where references run in a circle', { A: '$(B)', B: '$(A)' }, ['B', 'A']],
])('a variable stands %s', async (_title, env, names) => {
  const { containers } = deploymentSpec(
    await recordApp({ ...minimal, container: { ...minimal.container, env } }),
  ).template.spec;
  expect(containers[0]?.env?.map(({ name }) => name)).toEqual(names);
});

describe('security exceptions', () => {
  const container = (
    securityExceptions: ContainerArgs['securityExceptions'],
    runAsUser?: number,
  ): ContainerArgs => ({
    image,
    securityExceptions,
    ...(runAsUser !== undefined && { runAsUser }),
  });
  const secure = {
    allowPrivilegeEscalation: false,
    capabilities: { drop: ['ALL'] },
    privileged: false,
    readOnlyRootFilesystem: true,
    runAsNonRoot: true,
  };

  test('undo exactly what they name, in their container alone, and are announced', async () => {
    const recording = await recordApp({
      ...minimal,
      sidecars: {
        writer: container([{ allow: 'writableRootFilesystem', reason: 'it writes beside its binary' }]),
        rooted: container([{ allow: 'runAsRoot', reason: 'it binds an old socket' }], 0),
      },
    });
    const { containers, securityContext } = deploymentSpec(recording).template.spec;
    expect(containers.map((one) => one.securityContext)).toEqual([
      secure,
      { ...secure, readOnlyRootFilesystem: false },
      { ...secure, runAsNonRoot: false, runAsUser: 0 },
    ]);
    expect(securityContext).toMatchObject({ runAsNonRoot: true, runAsUser: 1000 });
    const urn = recording.resources[0]?.urn;
    expect(recording.logs).toEqual([
      {
        severity: 'warning',
        urn,
        message: 'echo: container "writer" has a writable root file system: it writes beside its binary',
      },
      {
        severity: 'warning',
        urn,
        message:
          'echo: container "rooted" runs as root, which Pod Security `restricted` refuses: it binds an old socket',
      },
    ]);
  });

  test('without any, nothing is announced', async () => {
    expect((await recordApp(minimal)).logs).toEqual([]);
  });
});

describe('secrets', () => {
  test('stand in Secret objects alone, and are secret there', async () => {
    const { resources } = await recordApp({
      ...everything(),
      secrets: { s: { a: 'plain', b: secret('s3cr3t') } },
    });
    expect(resources.filter(({ inputs }) => containsSecret(inputs)).map(({ type }) => type)).toEqual([
      'kubernetes:core/v1:Secret',
    ]);
    expect(JSON.stringify(resources)).not.toContain('s3cr3t');
  });

  test('reach the cluster as they are', async () => {
    const text = 'ünïcode\nand \0 more ';
    const { data } = only(await recordApp({ ...minimal, secrets: { s: { key: text } } }), 'Secret').inputs;
    const { key } = (data as SecretValue).value as { key: string };
    expect(Buffer.from(key, 'base64').toString()).toBe(text);
  });

  test('roll the pods when they change, and only then', async () => {
    const sum = async (args: Partial<K8sAppArgs>): Promise<unknown> =>
      annotations(await recordApp({ ...minimal, ...args }))['checksum/secrets'];
    const [before, same, value, elsewhere] = [
      await sum({ secrets: { s: { a: '1', b: '2' } } }),
      await sum({ secrets: { s: { b: secret('2'), a: '1' } }, version: '2' }),
      await sum({ secrets: { s: { a: '1', b: '3' } } }),
      await sum({ secrets: { s: { a: '1', b: '2' } }, namespace: 'other' }),
    ];
    expect(before).toMatch(/^[0-9a-f]{10}$/);
    expect(same).toBe(before);
    expect(value).not.toBe(before);
    expect(elsewhere).not.toBe(before);
  });

  test('that are not known yet make their checksum unknown, nothing else', async () => {
    const recording = await recordApp(() => ({
      ...minimal,
      secrets: { s: { id: new ConfigMap('later').id } },
    }));
    expect(annotations(recording)).toEqual({ 'checksum/secrets': expect.any(UnknownValue) as unknown });
    expect(deploymentSpec(recording).replicas).toBe(1);
  });
});

test('a workload without owned configuration has no checksums', async () => {
  expect(annotations(await recordApp({ ...minimal, configMaps: {}, secrets: {} }))).toEqual({});
});

test.each<[string, K8sAppArgs['service'], Partial<ContainerArgs>, unknown]>([
  [
    'none where no port is exposed',
    undefined,
    { ports: { http: { containerPort: 1, service: false } } },
    undefined,
  ],
  ['none where none is wanted', false, {}, undefined],
  [
    'the port of the container',
    undefined,
    {},
    [{ name: 'http', port: 8080, targetPort: 'http', protocol: 'TCP' }],
  ],
  [
    'a port of its own',
    undefined,
    { ports: { http: { containerPort: 8080, service: 80 } } },
    [{ name: 'http', port: 80, targetPort: 'http', protocol: 'TCP' }],
  ],
])('the Service: %s', async (_title, service, container, ports) => {
  const { resources } = await recordApp({
    ...minimal,
    container: { ...minimal.container, ...container },
    ...(service !== undefined && { service }),
  });
  const found = resources.find(({ type }) => type.endsWith(':Service'));
  expect((found?.inputs.spec as { ports: unknown } | undefined)?.ports).toEqual(ports);
});

test('an autoscaler without a word about metrics aims at 80 percent CPU, and leaves the replicas alone', async () => {
  const recording = await recordApp({ ...minimal, autoscaler: { minReplicas: 1, maxReplicas: 3 } });
  expect(only(recording, 'HorizontalPodAutoscaler').inputs.spec).toMatchObject({
    metrics: [{ resource: { name: 'cpu', target: { averageUtilization: 80 } } }],
  });
  expect(deploymentSpec(recording)).not.toHaveProperty('replicas');
});

describe('transforms', () => {
  const kinds: Readonly<Record<keyof K8sAppTransforms, string>> = {
    deployment: 'Deployment',
    service: 'Service',
    autoscaler: 'HorizontalPodAutoscaler',
    disruptionBudget: 'PodDisruptionBudget',
    networkPolicy: 'NetworkPolicy',
    configMap: 'ConfigMap',
    secret: 'Secret',
  };

  test.each(Object.entries(kinds))('of the %s change that child alone', async (child, kind) => {
    const seen: string[] = [];
    const before = await recordApp(everything);
    const after = await recordApp(() => ({
      ...everything(),
      transform: {
        [child]: (args: { metadata?: object }, opts: { protect?: boolean }, name: string) => {
          seen.push(name);
          opts.protect = true;
          return { ...args, metadata: { ...args.metadata, annotations: { transformed: 'yes' } } };
        },
      },
    }));
    const changed = only(after, kind);
    expect(changed.inputs.metadata).toHaveProperty('annotations', { transformed: 'yes' });
    expect(changed.options.protect).toBe(true);
    expect(seen).toEqual([changed.name]);
    const others = ({ resources }: Recording): unknown =>
      JSON.stringify(resources.filter(({ urn }) => urn !== changed.urn));
    expect(others(after)).toBe(others(before));
  });

  test('may change the arguments in place', async () => {
    const recording = await recordApp({
      ...minimal,
      transform: {
        service: (args) => {
          args.metadata = { name: 'renamed' };
        },
      },
    });
    expect(only(recording, 'Service').inputs.metadata).toEqual({ name: 'renamed' });
  });
});
