import { problemsOf, run } from './support/run.js';

const OUTPUTS = { namespace: 'o.n', pulumiAccountName: 'o.a', gcpSecretKeyName: 'o.g' };
const namespace = (more: object) => ({ namespace: { name: 'team', ownership: 'own', ...more } });
const rule = (more: object) => ({
  servers: {
    s: { kubernetesAccess: { rules: [{ apiGroups: [''], resources: ['pods'], verbs: ['get'], ...more }] } },
  },
});
const RULE = 'namespace-rbac:servers.s.kubernetesAccess.rules[0]';
const VOLUME = { node: 'n', path: '/srv', capacity: '5Gi', claim: '1Gi' };

test.each<[string, Record<string, unknown>, string, RegExp]>([
  ['no namespace', { namespace: undefined }, 'namespace-rbac:namespace', /mapping/],
  ['a namespace in capitals', namespace({ name: 'Team' }), 'namespace-rbac:namespace.name', /lower-case/],
  [
    'an unknown ownership',
    namespace({ ownership: 'owned' }),
    'namespace-rbac:namespace.ownership',
    /own, adopt.*did you mean own/s,
  ],
  [
    'a lower level without a reason',
    namespace({ podSecurity: 'privileged' }),
    'namespace-rbac:namespace.podSecurityReason',
    /podSecurity is privileged/,
  ],
  [
    'a label of Pod Security',
    namespace({ labels: { 'pod-security.kubernetes.io/enforce': 'privileged' } }),
    'namespace-rbac:namespace.labels."pod-security.kubernetes.io/enforce"',
    /podSecurity/,
  ],
  [
    'a misspelt quota',
    {
      quota: {
        'requests.cpu': 1,
        'requests.memory': 1,
        'limits.cpu': 1,
        'limits.memory': 1,
        pods: 1,
        'service.nodeports': 0,
      },
    },
    'namespace-rbac:quota."service.nodeports"',
    /did you mean services\.nodeports/,
  ],
  [
    'a quantity that is none',
    { quota: { 'requests.cpu': 1, 'requests.memory': '1 GB', 'limits.cpu': 1, 'limits.memory': 1, pods: 1 } },
    'namespace-rbac:quota."requests.memory"',
    /quantity/,
  ],
  [
    'a default above the maximum',
    { limitRange: { default: { cpu: 3, memory: '1Gi' } } },
    'namespace-rbac:limitRange.default.cpu',
    /at most max\.cpu, which is 2/,
  ],
  ['a server named in capitals', { servers: { GitHub: {} } }, 'namespace-rbac:servers.GitHub', /lower-case/],
  ['a wildcard verb', rule({ verbs: ['*'] }), `${RULE}.verbs[0]`, /wildcard/],
  ['a wildcard resource', rule({ resources: ['*'] }), `${RULE}.resources[0]`, /wildcard/],
  ['a wildcard subresource', rule({ resources: ['pods/*'] }), `${RULE}.resources[0]`, /wildcard/],
  ['a wildcard group', rule({ apiGroups: ['*'] }), `${RULE}.apiGroups[0]`, /wildcard/],
  ['an unknown verb', rule({ verbs: ['read'] }), `${RULE}.verbs[0]`, /one of get, list/],
  ['reading Secrets', rule({ resources: ['secrets'] }), `${RULE}.reason`, /credentials of every server/],
  [
    'exec',
    rule({ resources: ['pods/exec'], verbs: ['create'] }),
    `${RULE}.reason`,
    /a way into running pods/,
  ],
  [
    'tokens',
    rule({ resources: ['serviceaccounts/token'], verbs: ['create'] }),
    `${RULE}.reason`,
    /tokens of other/,
  ],
  [
    'escalate and bind',
    rule({ apiGroups: ['rbac.authorization.k8s.io'], resources: ['roles'], verbs: ['escalate', 'bind'] }),
    `${RULE}.reason`,
    /escalate, bind/,
  ],
  [
    'impersonate',
    rule({ resources: ['serviceaccounts'], verbs: ['impersonate'] }),
    `${RULE}.reason`,
    /impersonate/,
  ],
  [
    'writing Roles',
    rule({ apiGroups: ['rbac.authorization.k8s.io'], resources: ['roles'], verbs: ['update'] }),
    `${RULE}.reason`,
    /who may do what/,
  ],
  [
    'making pods',
    rule({ apiGroups: ['batch'], resources: ['jobs'], verbs: ['create'] }),
    `${RULE}.reason`,
    /may mount any Secret/,
  ],
  [
    'an identity stack without its outputs',
    { identityStack: 'organization/a/b' },
    'namespace-rbac:identityOutputs',
    /identityStack is set/,
  ],
  [
    'identity outputs without a stack',
    { identityOutputs: OUTPUTS },
    'namespace-rbac:identityStack',
    /identityOutputs is set/,
  ],
  [
    'an identity stack by half a name',
    { identityStack: 'a/b', identityOutputs: OUTPUTS },
    'namespace-rbac:identityStack',
    /organization\/project\/stack/,
  ],
  [
    'an identity for a server that is none',
    { identityStack: 'o/a/b', identityOutputs: OUTPUTS, identityServer: 'x' },
    'namespace-rbac:identityServer',
    /mcp-github, mcp-pulumi/,
  ],
  [
    'an identity server without a stack',
    { identityServer: 'mcp-github' },
    'namespace-rbac:identityServer',
    /no identityStack/,
  ],
  [
    'a deployer named as a server',
    { deployer: { name: 'mcp-github' } },
    'namespace-rbac:deployer.name',
    /ServiceAccount/,
  ],
  [
    'a pull secret without content',
    { imagePullSecret: { name: 'ghcr' } },
    'namespace-rbac:dockerConfigJson',
    /existing: true/,
  ],
  [
    'a plain dockerConfigJson',
    { imagePullSecret: { name: 'ghcr' }, dockerConfigJson: 'hunter2' },
    'namespace-rbac:dockerConfigJson',
    /--secret/,
  ],
  ['no kind of shared volume', { sharedCode: {} }, 'namespace-rbac:sharedCode', /exactly one/],
  [
    'two kinds of shared volume',
    { sharedCode: { existingClaim: 'c', static: VOLUME } },
    'namespace-rbac:sharedCode',
    /keep one of existingClaim, static/,
  ],
  [
    'a claim above the capacity',
    { sharedCode: { static: { ...VOLUME, claim: '6Gi' } } },
    'namespace-rbac:sharedCode.static.claim',
    /at most the capacity, 5Gi/,
  ],
  [
    'a relative path',
    { sharedCode: { static: { ...VOLUME, path: 'srv/../x' } } },
    'namespace-rbac:sharedCode.static.path',
    /absolute path/,
  ],
  [
    'an address that is no network',
    { apiServer: { cidrs: ['10.0.0.1'] } },
    'namespace-rbac:apiServer.cidrs[0]',
    /CIDR/,
  ],
])('refused: %s', async (_what, values, where, text) => {
  const problems = await problemsOf(run(values));
  expect(problems.map((problem) => problem.where)).toEqual([where]);
  expect(`${String(problems[0]?.expected)}\n${String(problems[0]?.remedy)}`).toMatch(text);
  expect(JSON.stringify(problems)).not.toContain('hunter2');
});

test.each([
  [
    'existing, and content all the same',
    { imagePullSecret: { name: 'ghcr', existing: true } },
    'dockerConfigJson',
  ],
  ['content for no Secret', {}, 'imagePullSecret'],
])('refused: pull secret %s', async (_what, values, key) => {
  const problems = await problemsOf(run(values, { secrets: { dockerConfigJson: 'hunter2' } }));
  expect(problems).toMatchObject([{ where: `namespace-rbac:${key}` }]);
  expect(JSON.stringify(problems)).not.toContain('hunter2');
});

test('all problems come together, those over several keys too', async () => {
  const problems = await problemsOf(
    run({
      ...namespace({ name: 'Team', podSecurity: 'baseline' }),
      quota: undefined,
      identityStack: 'organization/a/b',
      imagePullSecret: { name: 'ghcr' },
      sharedCode: {},
    }),
  );
  expect(problems.map(({ where }) => where.replace('namespace-rbac:', '')).sort()).toEqual([
    'dockerConfigJson',
    'identityOutputs',
    'namespace.name',
    'namespace.podSecurityReason',
    'quota',
    'sharedCode',
  ]);
});
