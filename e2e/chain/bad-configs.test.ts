import { renderChain } from '@mcp-stacks/render';
import { TemporaryWorkspace } from '../workspace/temporary-workspace.js';

const GITHUB = 'github-mcp/Pulumi.dev.yaml';
const BRIDGED = 'github-mcp/Pulumi.prod.yaml';
const PULUMI = 'pulumi-mcp/Pulumi.prod.yaml';
const NAMESPACE = 'namespace-rbac/Pulumi.dev.yaml';
const NAMESPACE_PROD = 'namespace-rbac/Pulumi.prod.yaml';
const github = (key: string) => `config/github-mcp:githubMcp/${key}`;
const pulumi = (key: string) => `config/pulumi-mcp:pulumiMcp/${key}`;
const namespace = (key: string) => `config/namespace-rbac:${key}`;

/** What is changed in which file; what is printed then stands in the snapshot of this test. */
type Edit = readonly [file: string, path: string, value: unknown];
const TABLE: readonly [string, ...Edit[]][] = [
  ['a misspelt top-level key', [GITHUB, 'config/github-mcp:githubMpc', {}]],
  ['a missing server', [GITHUB, 'config/github-mcp:githubMcp', undefined]],
  ['the key of another stack', [GITHUB, 'config/pulumi-mcp:pulumiMcp', {}]],
  ["a cluster for Pulumi's default provider", [GITHUB, 'config/kubernetes:context', 'prod']],
  ['a misspelt key of the server', [GITHUB, github('replcas'), 2]],
  ['no name', [GITHUB, github('name'), undefined]],
  ['a name that Kubernetes does not take', [GITHUB, github('name'), 'MCP_GitHub']],
  ['enabled as text', [GITHUB, github('enabled'), 'yes']],
  ['an unknown profile', [GITHUB, github('profile'), 'github-https']],
  ['an image without a tag', [GITHUB, github('image'), 'ghcr.io/github/github-mcp-server']],
  ['an image of latest', [GITHUB, github('image'), 'ghcr.io/github/github-mcp-server:latest']],
  ['a port out of range', [GITHUB, github('port'), 80800]],
  ['a port as text', [GITHUB, github('port'), '8082']],
  ['a path that is not absolute', [GITHUB, github('path'), 'mcp']],
  ['no replicas', [GITHUB, github('replicas'), 0]],
  ['half a replica', [GITHUB, github('replicas'), 1.5]],
  ['cpu as a number', [GITHUB, github('resources/limits/cpu'), 1]],
  ['memory in a unit that Kubernetes lacks', [GITHUB, github('resources/limits/memory'), '256MB']],
  ['more requested than allowed', [GITHUB, github('resources/requests/memory'), '1Gi']],
  ['an inspector without an image', [GITHUB, github('enableInspector'), true]],
  [
    'an inspector of latest',
    [GITHUB, github('enableInspector'), true],
    [GITHUB, github('inspectorImage'), 'inspector:latest'],
  ],
  [
    'an interval that Prometheus does not take',
    [GITHUB, github('monitoring'), { enabled: true, scrapeInterval: '30 seconds' }],
  ],
  [
    'a port name that is too long',
    [GITHUB, github('monitoring'), { enabled: true, portName: 'model-context-protocol' }],
  ],
  ['a rollout of no time', [GITHUB, github('rolloutTimeoutSeconds'), 0]],
  ['a mounted token that http mode never reads', [GITHUB, github('secret'), { name: 'github', key: 'pat' }]],
  [
    'the same token as a Pulumi secret',
    [GITHUB, 'config/github-mcp:githubPersonalAccessToken', { secure: 'v1:hunter2' }],
  ],
  ['origins that http mode does not check', [GITHUB, github('allowOrigins'), ['*']]],
  ['a version without http mode', [GITHUB, github('image'), 'ghcr.io/github/github-mcp-server:v0.30.0']],
  [
    'a filter that the version ignores',
    [GITHUB, github('image'), 'ghcr.io/github/github-mcp-server:v0.32.0'],
  ],
  ['facts about a known server', [GITHUB, github('unverified'), { sessions: 'stateless', probe: 'tcp' }]],
  ['no facts about an unknown one', [BRIDGED, github('unverified'), undefined]],
  ['an unknown kind of sessions', [BRIDGED, github('unverified/sessions'), 'sticky']],
  ['an unknown kind of probe', [BRIDGED, github('unverified/probe'), 'grpc']],
  ['a bridged server without a token', [BRIDGED, github('secret'), undefined]],
  [
    'two sources of one token',
    [BRIDGED, 'config/github-mcp:githubPersonalAccessToken', { secure: 'v1:abc' }],
  ],
  [
    'a token in plain text',
    [BRIDGED, github('secret'), undefined],
    [BRIDGED, 'config/github-mcp:githubPersonalAccessToken', 'ghp_hunter2'],
  ],
  ['a secret inside a plain value', [BRIDGED, github('secret/key'), { secure: 'v1:hunter2' }]],
  ['a bridged server that anybody may use', [BRIDGED, 'config/github-mcp:clients', []]],
  ['clients as text', [BRIDGED, 'config/github-mcp:clients', 'my-reforge-ai']],
  ['a client without a namespace', [BRIDGED, 'config/github-mcp:clients/0', { podLabels: { app: 'agent' } }]],
  ['root as the default user', [BRIDGED, 'config/github-mcp:defaults/runAsUser', 0]],
  ['service links', [BRIDGED, 'config/github-mcp:defaults/enableServiceLinks', true]],
  [
    'the token in every container',
    [BRIDGED, 'config/github-mcp:defaults/automountServiceAccountToken', true],
  ],
  ['an unknown scraper', [BRIDGED, 'config/github-mcp:defaults/podScrape', 'ServiceMonitor']],
  ["Pulumi's server for anybody", [PULUMI, 'config/pulumi-mcp:clients', []]],
  ['no cache directory', [PULUMI, pulumi('unverified'), {}]],
  ['a token that lives too short', [PULUMI, pulumi('kubeconfig/tokenExpirationSeconds'), 60]],
  ['an access token without a source', [PULUMI, pulumi('accessToken/secret'), undefined]],
  ['GCP credentials as a path', [PULUMI, pulumi('gcpCredentials/file'), '../credentials.json']],
  [
    'GCP credentials that nobody mounts',
    [PULUMI, pulumi('gcpCredentials'), undefined],
    [PULUMI, 'config/pulumi-mcp:gcpCredentialsJson', { secure: 'v1:abc' }],
  ],
  ['a server that namespace-rbac does not know', [GITHUB, github('name'), 'mcp-gitlab']],
  ['a shared volume that namespace-rbac does not have', [NAMESPACE_PROD, namespace('sharedCode'), undefined]],
  ['an identity stack without its outputs', [NAMESPACE_PROD, namespace('identityOutputs'), undefined]],
  [
    'an output that the identity stack lacks',
    [NAMESPACE_PROD, namespace('identityOutputs/pulumiAccountName'), 'outputs.account'],
  ],
  [
    'an identity stack without a stand-in',
    [NAMESPACE_PROD, namespace('identityStack'), 'organization/output-gateway/other'],
  ],
  ['an identity of another namespace', [NAMESPACE_PROD, namespace('namespace/name'), 'other']],
  ['an unknown kind of ownership', [NAMESPACE, namespace('namespace/ownership'), 'borrow']],
  [
    'a lower Pod Security level without a reason',
    [NAMESPACE, namespace('namespace/podSecurity'), 'baseline'],
  ],
  ['a quota that is no quantity', [NAMESPACE, namespace('quota/limits.memory'), 'lots']],
  [
    'rights to everything',
    [
      NAMESPACE,
      namespace('servers/mcp-pulumi/kubernetesAccess'),
      { rules: [{ apiGroups: ['*'], resources: ['*'], verbs: ['*'] }] },
    ],
  ],
  [
    'rights to Secrets without a reason',
    [
      NAMESPACE,
      namespace('servers/mcp-pulumi/kubernetesAccess'),
      { rules: [{ apiGroups: [''], resources: ['secrets'], verbs: ['get'] }] },
    ],
  ],
  ['two kinds of shared volume', [NAMESPACE, namespace('sharedCode/existingClaim'), 'code']],
  ['a claim larger than its volume', [NAMESPACE, namespace('sharedCode/static/claim'), '9Gi']],
  ['an address that is none', [NAMESPACE, namespace('apiServer/cidrs'), ['198.18.0.2']]],
  [
    'many at once, in several files',
    [GITHUB, github('port'), 0],
    [GITHUB, github('image'), 'x'],
    [GITHUB, 'config/github-mcp:client', []],
    [NAMESPACE, namespace('namespace/name'), undefined],
    [NAMESPACE, namespace('quota/limits.cpu'), 'all'],
  ],
];

test('the table has at least 40 rows', () => {
  expect(TABLE.length).toBeGreaterThanOrEqual(40);
});

test.each(TABLE)('%s', async (_what, ...edits) => {
  using workspace = new TemporaryWorkspace();
  const environments = edits.map(([file]) => /Pulumi\.(\w+)\.yaml/.exec(file)?.[1] ?? '');
  for (const [file, path, value] of edits) workspace.edit(file, path, value);
  const error = await renderChain({ root: workspace.root, environments }).then(
    () => new Error('accepted'),
    (thrown: unknown) => thrown as Error,
  );
  expect(error.message).not.toContain('hunter2');
  const printed = error.message
    .replaceAll(workspace.root, '<root>')
    // Whoever adds a server to this workspace changes no message but for its name.
    .replace(/(?<=accounts for mcp-github, mcp-pulumi), .*/, '');
  expect(printed).toMatchSnapshot();
});

test('a file that is no YAML is named with its line', async () => {
  using workspace = new TemporaryWorkspace();
  workspace.write(GITHUB, 'config:\n  github-mcp:githubMcp:\n    name: [\n');
  await expect(renderChain({ root: workspace.root, environments: ['dev'] })).rejects.toThrow(
    'github-mcp/Pulumi.dev.yaml:4:1',
  );
});
