import { run } from './support/run.js';

const API = { cidrs: ['10.0.0.5/32'] };
const BASE = { apiServer: API };

test.each<[string, Record<string, unknown>, RegExp[]]>([
  ['nothing to say', BASE, []],
  ['an adopted namespace', { ...BASE, namespace: { name: 'team', ownership: 'adopt' } }, [/team is adopted/]],
  [
    'a lower level',
    {
      ...BASE,
      namespace: { name: 'team', ownership: 'own', podSecurity: 'baseline', podSecurityReason: 'logs' },
    },
    [/podSecurity: baseline\), because: logs/],
  ],
  [
    'a rule that needed a reason',
    {
      ...BASE,
      servers: {
        s: {
          kubernetesAccess: {
            rules: [{ apiGroups: [''], resources: ['secrets'], verbs: ['get'], reason: 'rotates them' }],
          },
        },
      },
    },
    [/s is granted Secrets.*because: rotates them/],
  ],
  [
    'the whole internet',
    { apiServer: { cidrs: ['0.0.0.0/0'] } },
    [/kubectl get endpointslices -n default kubernetes/],
  ],
  ['access that nothing reaches', { apiServer: { cidrs: [] } }, [/mcp-pulumi has Kubernetes access, but/]],
])('%s', async (_what, values, expected) => {
  const { logs } = await run(values);
  expect(logs).toHaveLength(expected.length);
  for (const [index, pattern] of expected.entries()) {
    expect(logs[index]).toMatchObject({
      severity: 'warning',
      message: expect.stringMatching(pattern) as string,
    });
  }
});
