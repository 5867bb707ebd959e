import { problemsOf, resource, run } from './support/run.js';

const STACK = 'organization/output-gateway/team';
const WITH_IDENTITY = {
  identityStack: STACK,
  identityOutputs: {
    namespace: 'outputs.namespace-name',
    pulumiAccountName: 'outputs.pulumi-account-name',
    gcpSecretKeyName: 'outputs.pulumi-gcp-secret-key-name',
  },
};

function gateway(changes: Readonly<Record<string, string>> = {}) {
  const outputs = {
    'namespace-name': 'team',
    'pulumi-account-name': 'outside',
    'pulumi-gcp-secret-key-name': 'gcp',
    ...changes,
  };
  return { stackOutputs: (name: string) => (name === STACK ? { outputs } : undefined) };
}

test('without an identity stack every account is ours', async () => {
  const recording = await run();
  expect(recording.stackReferences).toEqual([]);
  expect(recording.outputs).toMatchObject({
    serviceAccounts: { 'mcp-github': 'mcp-github', 'mcp-pulumi': 'mcp-pulumi' },
    identity: {},
  });
  expect(resource(recording, 'RoleBinding', 'server-mcp-pulumi').inputs.subjects).toEqual([
    { kind: 'ServiceAccount', name: 'mcp-pulumi', namespace: 'team' },
  ]);
});

test("the outside account takes the place of one server's, the rest is ours", async () => {
  const recording = await run(WITH_IDENTITY, gateway());
  const accounts = recording.resources.filter(({ type }) => type.endsWith(':ServiceAccount'));
  expect(accounts.map(({ name }) => name).sort()).toEqual(['deployer', 'server-mcp-github']);
  expect(resource(recording, 'RoleBinding', 'server-mcp-pulumi').inputs.subjects).toEqual([
    { kind: 'ServiceAccount', name: 'outside', namespace: 'team' },
  ]);
  expect(recording.outputs).toMatchObject({
    serviceAccounts: { 'mcp-github': 'mcp-github', 'mcp-pulumi': 'outside' },
    identity: { gcpCredentialsSecret: 'gcp' },
  });
});

test('the identity may be for another server', async () => {
  const recording = await run({ ...WITH_IDENTITY, identityServer: 'mcp-github' }, gateway());
  expect(recording.outputs.serviceAccounts).toEqual({ 'mcp-github': 'outside', 'mcp-pulumi': 'mcp-pulumi' });
});

test.each([
  ['another namespace', { 'namespace-name': 'elsewhere' }, 'output outputs.namespace-name', '"elsewhere"'],
  [
    'the name of the deployer',
    { 'pulumi-account-name': 'deployer' },
    'output outputs.pulumi-account-name',
    '"deployer"',
  ],
  [
    'the name of another server',
    { 'pulumi-account-name': 'mcp-github' },
    'output outputs.pulumi-account-name',
    '"mcp-github"',
  ],
  [
    'no valid name',
    { 'pulumi-gcp-secret-key-name': 'GCP' },
    'output outputs.pulumi-gcp-secret-key-name',
    '"GCP"',
  ],
])('refused, with nothing registered: %s', async (_what, changes, where, found) => {
  expect(await problemsOf(run(WITH_IDENTITY, gateway(changes)))).toMatchObject([{ where, found }]);
});

test('an identity stack that is not there', async () => {
  expect(await problemsOf(run(WITH_IDENTITY))).toMatchObject([
    { where: `the stack ${STACK}`, found: 'no stack of this name' },
  ]);
});
