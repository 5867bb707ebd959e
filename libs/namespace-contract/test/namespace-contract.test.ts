import { namespaceContract } from '../src/index.js';

const OUTPUTS = {
  namespace: 'team',
  serviceAccounts: { 'mcp-github': 'mcp-github' },
  imagePullSecrets: ['ghcr'],
  volumeClaims: { 'shared-code': 'shared-code' },
  apiServer: { cidrs: ['10.0.0.5/32'], port: 6443 },
  identity: { gcpCredentialsSecret: 'gcp' },
};

test('the outputs that dependants were built on', () => {
  expect(namespaceContract.stack).toBe('namespace-rbac');
  expect(namespaceContract.outputs.parse(OUTPUTS)).toEqual(OUTPUTS);
});

test.each([
  ['a missing output', { namespace: undefined }, 'namespace'],
  ['a name that no object can have', { namespace: 'My Team' }, 'namespace'],
  ['an account that is no name', { serviceAccounts: { 'mcp-github': 1 } }, 'serviceAccounts.mcp-github'],
  ['an API server without a port', { apiServer: { cidrs: [] } }, 'apiServer.port'],
  ['a misspelt part of the identity', { identity: { gcpSecret: 'gcp' } }, 'identity'],
  ['an output that nobody promised', { extra: 1 }, ''],
])('refused: %s', (_what, changes, path) => {
  const { error } = namespaceContract.outputs.safeParse({ ...OUTPUTS, ...changes });
  expect(error?.issues.map((issue) => issue.path.join('.'))).toEqual([path]);
});
