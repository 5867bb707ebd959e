import { type KubernetesObject, renderChain, type RenderedStack } from '@mcp-stacks/render';
import { root } from '../workspace/temporary-workspace.js';

let stacks: ReadonlyMap<string, RenderedStack>;
beforeAll(async () => {
  const { environments } = await renderChain({ root, environments: ['prod'] });
  stacks = new Map(environments[0]?.stacks.map((stack) => [stack.stack.name, stack]));
});

function stackOf(name: string): RenderedStack {
  const stack = stacks.get(name);
  if (stack === undefined) throw new Error(`${name} was not rendered`);
  return stack;
}

function objectOf(stack: string, kind: string, name: string): KubernetesObject {
  const found = stackOf(stack).manifests.find(
    ({ object }) => object.kind === kind && object.metadata.name === name,
  );
  if (found === undefined) throw new Error(`${stack} renders no ${kind} ${name}`);
  return found.object;
}

/** The value at a path: `a.b[name=x].c`, where a list's entry is chosen by one of its keys. */
function at(object: unknown, path: string): unknown {
  return path.split(/\.(?![^[]*\])/).reduce<unknown>((value, part) => {
    const [, key = '', by, wanted] = /^([^[]*)(?:\[(\w+)=([^\]]+)\])?$/.exec(part) ?? [];
    const inner = (value as Record<string, unknown> | undefined)?.[key.replaceAll('~', '.')];
    return by === undefined
      ? inner
      : (inner as Record<string, unknown>[] | undefined)?.find((one) => one[by] === wanted);
  }, object);
}

const github = 'spec.template.spec.containers[name=mcp-github]';
const pulumi = 'spec.template.spec.containers[name=mcp-pulumi]';
const resources = { limits: { cpu: '1', memory: '1Gi' }, requests: { cpu: '100m', memory: '256Mi' } };

/** Every value of the production environment, written by hand from what it is to be. */
test.each<[stack: string, kind: string, name: string, path: string, value: unknown]>([
  [
    'namespace-rbac',
    'Namespace',
    'my-reforge-ai',
    'metadata.labels.pod-security~kubernetes~io/enforce',
    'restricted',
  ],
  [
    'namespace-rbac',
    'RoleBinding',
    'mcp-pulumi',
    'subjects',
    [{ kind: 'ServiceAccount', name: 'pulumi-mcp', namespace: 'my-reforge-ai' }],
  ],
  ['namespace-rbac', 'PersistentVolume', 'my-reforge-ai-shared-code', 'spec.capacity.storage', '5Gi'],
  [
    'namespace-rbac',
    'PersistentVolume',
    'my-reforge-ai-shared-code',
    'spec.local.path',
    '/var/local-path-provisioner/my-reforge-ai-shared',
  ],
  ['namespace-rbac', 'PersistentVolume', 'my-reforge-ai-shared-code', 'spec.accessModes', ['ReadWriteOnce']],
  [
    'namespace-rbac',
    'PersistentVolume',
    'my-reforge-ai-shared-code',
    'spec.nodeAffinity.required.nodeSelectorTerms',
    [{ matchExpressions: [{ key: 'kubernetes.io/hostname', operator: 'In', values: ['master-1'] }] }],
  ],
  ['namespace-rbac', 'PersistentVolumeClaim', 'shared-code', 'spec.resources.requests.storage', '1Gi'],
  ['namespace-rbac', 'PersistentVolumeClaim', 'shared-code', 'spec.volumeName', 'my-reforge-ai-shared-code'],
  ['github-mcp', 'Service', 'mcp-github', 'metadata.namespace', 'my-reforge-ai'],
  ['github-mcp', 'Service', 'mcp-github', 'spec.ports[name=http].port', 8080],
  ['github-mcp', 'Deployment', 'mcp-github', 'spec.replicas', 1],
  [
    'github-mcp',
    'Deployment',
    'mcp-github',
    `${github}.image`,
    'ghcr.io/spigell/github-mcp-server:0.18.0-1b59f5',
  ],
  ['github-mcp', 'Deployment', 'mcp-github', `${github}.ports[name=http].containerPort`, 8080],
  ['github-mcp', 'Deployment', 'mcp-github', `${github}.env[name=MCP_PROXY_ALLOW_ORIGINS].value`, '*'],
  [
    'github-mcp',
    'Deployment',
    'mcp-github',
    `${github}.env[name=GITHUB_PERSONAL_ACCESS_TOKEN].valueFrom.secretKeyRef`,
    { name: 'github-mcp-credentials', key: 'github-pat' },
  ],
  ['github-mcp', 'Deployment', 'mcp-github', `${github}.resources`, resources],
  [
    'github-mcp',
    'NetworkPolicy',
    'mcp-github',
    'spec.ingress',
    [
      {
        from: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'my-reforge-ai' } } }],
        ports: [{ port: 8080, protocol: 'TCP' }],
      },
    ],
  ],
  ['pulumi-mcp', 'Service', 'mcp-pulumi', 'spec.ports[name=http].port', 3000],
  ['pulumi-mcp', 'Deployment', 'mcp-pulumi', 'spec.replicas', 1],
  [
    'pulumi-mcp',
    'Deployment',
    'mcp-pulumi',
    `${pulumi}.image`,
    'ghcr.io/spigell/pulumi-talos-cluster-workbench:3.200.0-54d6cd',
  ],
  ['pulumi-mcp', 'Deployment', 'mcp-pulumi', `${pulumi}.command`, ['pulumi-mcp-server', 'http']],
  ['pulumi-mcp', 'Deployment', 'mcp-pulumi', `${pulumi}.env[name=MCP_ALLOWED_ORIGINS].value`, '*'],
  [
    'pulumi-mcp',
    'Deployment',
    'mcp-pulumi',
    `${pulumi}.env[name=KUBECONFIG].value`,
    '/var/run/pulumi/kubeconfig',
  ],
  [
    'pulumi-mcp',
    'Deployment',
    'mcp-pulumi',
    `${pulumi}.env[name=GOOGLE_APPLICATION_CREDENTIALS].value`,
    '/var/run/gcp/credentials.json',
  ],
  [
    'pulumi-mcp',
    'Deployment',
    'mcp-pulumi',
    `${pulumi}.env[name=PULUMI_ACCESS_TOKEN].valueFrom.secretKeyRef`,
    { name: 'pulumi-mcp-credentials', key: 'access-token', optional: true },
  ],
  ['pulumi-mcp', 'Deployment', 'mcp-pulumi', `${pulumi}.resources`, resources],
  [
    'pulumi-mcp',
    'Deployment',
    'mcp-pulumi',
    `${pulumi}.volumeMounts[mountPath=/project].name`,
    'shared-code',
  ],
  [
    'pulumi-mcp',
    'Deployment',
    'mcp-pulumi',
    'spec.template.spec.volumes[name=shared-code].persistentVolumeClaim.claimName',
    'shared-code',
  ],
  [
    'pulumi-mcp',
    'Deployment',
    'mcp-pulumi',
    'spec.template.spec.volumes[name=var-run-gcp].secret.secretName',
    'pulumi-mcp-gcp-credentials',
  ],
  ['pulumi-mcp', 'Deployment', 'mcp-pulumi', 'spec.template.spec.serviceAccountName', 'pulumi-mcp'],
  [
    'pulumi-mcp',
    'Deployment',
    'mcp-pulumi',
    'spec.template.spec.containers[name=inspector].image',
    'ghcr.io/modelcontextprotocol/inspector:0.17.2',
  ],
  ...(['mcp-github', 'mcp-pulumi'] as const).flatMap((name): [string, string, string, string, unknown][] => {
    const stack = name === 'mcp-github' ? 'github-mcp' : 'pulumi-mcp';
    const pod = 'spec.template.spec';
    return [
      [stack, 'Deployment', name, `${pod}.securityContext.runAsUser`, 1000],
      [stack, 'Deployment', name, `${pod}.hostUsers`, false],
      [stack, 'Deployment', name, `${pod}.enableServiceLinks`, false],
      [stack, 'Deployment', name, `${pod}.automountServiceAccountToken`, false],
    ];
  }),
])('%s: %s %s has the production value at %s', (stack, kind, name, path, value) => {
  expect(at(objectOf(stack, kind, name), path)).toEqual(value);
});

test('the inspector runs beside the Pulumi server alone, without its token, credentials and volumes', () => {
  const containers = (stack: string, name: string) =>
    at(objectOf(stack, 'Deployment', name), 'spec.template.spec.containers') as {
      name: string;
      volumeMounts: { name: string }[];
      env: { name: string }[];
    }[];
  expect(containers('github-mcp', 'mcp-github').map(({ name }) => name)).toEqual(['mcp-github']);
  const inspector = containers('pulumi-mcp', 'mcp-pulumi').find(({ name }) => name === 'inspector');
  expect(inspector?.volumeMounts.map(({ name }) => name)).toEqual(['inspector-tmp']);
  expect(inspector?.env.map(({ name }) => name).filter((name) => /PULUMI|GOOGLE|KUBE/.test(name))).toEqual(
    [],
  );
});

test('monitoring was asked for, nothing answers a scrape, and the preview says so', () => {
  for (const stack of ['github-mcp', 'pulumi-mcp']) {
    expect(stackOf(stack).warnings.join('\n')).toContain('monitoring is left out');
    expect(stackOf(stack).manifests.map(({ object }) => object.kind)).not.toContain('VMPodScrape');
  }
});

test('the identity stack is shown as assumed, and the namespace is kept', () => {
  const namespace = stackOf('namespace-rbac');
  expect(namespace.assumed.map(({ stack }) => stack)).toEqual(['organization/output-gateway/my-reforge-ai']);
  expect(namespace.kept).toContainEqual(expect.stringMatching(/^Namespace my-reforge-ai .*protected/));
});

test('no Secret with a value is written', () => {
  for (const stack of stacks.values())
    expect(stack.manifests.map(({ object }) => object.kind)).not.toContain('Secret');
  expect(stackOf('pulumi-mcp').leftOut).toEqual([
    expect.objectContaining({ name: 'mcp-pulumi-inspector', keys: ['token'] }),
  ]);
});
