import { record, type Recording, SecretValue } from '@mcp-stacks/recorder';
import * as pulumi from '@pulumi/pulumi';
import {
  generic,
  githubBridged,
  githubHttp,
  McpServer,
  type McpServerArgs,
  pulumi as pulumiProfile,
} from '../src/index.js';

const stated = {
  sessions: 'in-memory',
  probe: 'tcp',
  runAsUser: 1000,
  writablePaths: ['/data'],
  metrics: 'none',
} as const;
const agents = [{ namespace: 'agents' }];

const http = (over: Partial<McpServerArgs> = {}): McpServerArgs => ({
  profile: githubHttp({
    image: 'ghcr.io/github/github-mcp-server:v1.4.0',
    readOnly: true,
    toolsets: ['repos', 'issues'],
  }),
  image: 'ghcr.io/github/github-mcp-server:v1.4.0',
  namespace: 'mcp',
  clients: agents,
  ...over,
});
const bridged = (over: Partial<McpServerArgs> = {}): McpServerArgs => ({
  profile: githubBridged({ image: 'ghcr.io/spigell/github-mcp-server:0.18.0-1b59f5', stated }),
  image: 'ghcr.io/spigell/github-mcp-server:0.18.0-1b59f5',
  namespace: 'mcp',
  clients: agents,
  ...over,
});
const workbench = (over: Partial<McpServerArgs> = {}): McpServerArgs => ({
  profile: pulumiProfile({ runAsUser: 1000, cacheDirectory: '/app/dist/.cache' }),
  image: 'ghcr.io/acme/workbench:3.200.0',
  namespace: 'mcp',
  clients: agents,
  ...over,
});
const measured = (over: Partial<McpServerArgs> = {}): McpServerArgs => ({
  profile: generic({
    port: 8080,
    path: '/mcp',
    authentication: 'bearer-per-request',
    ...stated,
    sessions: 'stateless',
    probe: { path: '/healthz' },
    metrics: { port: 9090, path: '/metrics' },
  }),
  image: 'acme/server:1.0.0',
  namespace: 'mcp',
  clients: agents,
  ...over,
});

async function deploy(args: McpServerArgs): Promise<Recording> {
  return await record(() => ({ url: new McpServer('mcp', args).url }), {
    computedOutputs: (type) =>
      type === 'random:index/randomPassword:RandomPassword' ? { result: new SecretValue('hunter2') } : {},
  });
}

/** The inputs of every Kubernetes object, by kind and name, in a stable order. */
function objects(recording: Recording): Record<string, unknown> {
  return Object.fromEntries(
    recording.resources
      .filter(({ type }) => type.startsWith('kubernetes:'))
      .map(({ type, name, inputs }) => [`${type.split(':').at(-1) ?? ''} ${name}`, inputs] as const)
      .sort(([a], [b]) => a.localeCompare(b)),
  );
}

test('the type token is stable', async () => {
  const { resources } = await deploy(http());
  expect(resources[0]?.type).toBe('mcp-stacks:mcp-server:McpServer');
});

test.each<[string, McpServerArgs]>([
  ['GitHub over HTTP, two replicas', http({ replicas: 2 })],
  [
    'GitHub behind a bridge, with an existing Secret',
    bridged({
      allowOrigins: ['https://a.example', 'https://b.example'],
      credentials: { GITHUB_PERSONAL_ACCESS_TOKEN: { secretName: 'github', key: 'pat' } },
      monitoring: { kind: 'VMPodScrape', scrapers: [] },
    }),
  ],
  [
    'Pulumi with everything',
    workbench({
      credentials: { PULUMI_ACCESS_TOKEN: { value: pulumi.secret('hunter2') } },
      credentialFiles: [
        {
          source: { secretName: 'gcp' },
          mountPath: '/var/run/gcp',
          file: 'credentials.json',
          env: 'GOOGLE_APPLICATION_CREDENTIALS',
        },
      ],
      kubernetesAccess: {
        kubeconfigPath: '/var/run/pulumi/kubeconfig',
        env: 'KUBECONFIG',
        apiServer: { cidrs: ['10.0.0.1/32'], port: 6443 },
      },
      volumeClaims: [{ name: 'shared-code', claimName: 'shared', mountPath: '/project' }],
      serviceAccountName: 'pulumi',
      inspector: { image: 'ghcr.io/modelcontextprotocol/inspector:0.17.2' },
    }),
  ],
  [
    "a server of one's own, measured",
    measured({
      monitoring: {
        kind: 'PodMonitor',
        scrapers: [{ namespace: 'monitoring', podLabels: { app: 'prometheus' } }],
      },
    }),
  ],
])('%s', async (_what, args) => {
  const recording = await deploy(args);
  expect(JSON.stringify(recording)).not.toContain('hunter2');
  expect({
    url: recording.outputs.url,
    warnings: recording.logs.map(({ message }) => message),
    objects: objects(recording),
  }).toMatchSnapshot();
});

test.each<[string, McpServerArgs, string[]]>([
  [
    'a token that http mode never reads',
    http({ credentials: { GITHUB_PERSONAL_ACCESS_TOKEN: { secretName: 's', key: 'k' } } }),
    ['credentials.GITHUB_PERSONAL_ACCESS_TOKEN|nothing: over HTTP each request carries its own bearer token'],
  ],
  [
    'the same as a plain variable',
    http({ env: { GITHUB_PERSONAL_ACCESS_TOKEN: 'x' } }),
    ['env.GITHUB_PERSONAL_ACCESS_TOKEN|nothing: over HTTP'],
  ],
  [
    'origins that http mode does not check',
    http({ allowOrigins: ['*'] }),
    ['allowOrigins|nothing: github-http checks no origins'],
  ],
  [
    'a filter that an old version ignores',
    bridged({ profile: githubBridged({ image: 'x:0.18.0', readOnly: true, stated }) }),
    ['readOnly|v0.19.0 or newer: older ones ignore it'],
  ],
  [
    'a version without http mode',
    http({ profile: githubHttp({ image: 'x:0.30.0' }), image: 'x:0.30.0' }),
    ['image|v0.31.0 or newer'],
  ],
  [
    'filters that a version ignores',
    http({ profile: githubHttp({ image: 'x:0.32.0', readOnly: true, toolsets: ['repos'] }) }),
    ['readOnly|v0.33.0 or newer', 'toolsets|v0.33.0 or newer'],
  ],
  [
    'an unauthenticated server without clients',
    workbench({ clients: [] }),
    ['clients|at least one: pulumi authenticates nobody'],
  ],
  [
    'a credential that nothing reads',
    workbench({ credentials: { AWS_TOKEN: { secretName: 's', key: 'k' } } }),
    ['credentials.AWS_TOKEN|one of PULUMI_ACCESS_TOKEN: pulumi reads no other'],
  ],
  [
    'a second value for what the profile sets',
    workbench({ env: { PULUMI_HOME: '/x' } }),
    ['env.PULUMI_HOME|"/var/lib/pulumi", which the profile pulumi sets'],
  ],
  [
    'an autoscaler over sessions in memory',
    workbench({ autoscaler: { minReplicas: 1, maxReplicas: 3 } }),
    ['autoscaler|a fixed number of replicas'],
  ],
  [
    'a token where nothing uses the API',
    bridged({
      kubernetesAccess: { kubeconfigPath: '/a/b', env: 'KUBECONFIG', apiServer: { cidrs: [], port: 6443 } },
    }),
    ['kubernetesAccess|none: nothing in github-bridged uses the Kubernetes API'],
  ],
  [
    'scrapes that the policy would block',
    measured({ monitoring: { kind: 'PodMonitor', scrapers: [] } }),
    ['monitoring.scrapers|at least one'],
  ],
  [
    'several at once',
    workbench({ clients: [], env: { HOME: '/' } }),
    ['env.HOME|"/tmp"', 'clients|at least one'],
  ],
])('refused: %s', async (_what, args, expected) => {
  const error = await deploy(args).catch((thrown: unknown) => thrown);
  const { problems } = error as { problems: { where: string; expected: string }[] };
  expect(problems).toHaveLength(expected.length);
  for (const [index, text] of expected.entries()) {
    expect(`${problems[index]?.where ?? ''}|${problems[index]?.expected ?? ''}`).toContain(text);
  }
});
