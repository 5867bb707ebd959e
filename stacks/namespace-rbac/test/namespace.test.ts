import { resource, run } from './support/run.js';

const RESTRICTED = {
  'pod-security.kubernetes.io/enforce': 'restricted',
  'pod-security.kubernetes.io/enforce-version': 'latest',
  'pod-security.kubernetes.io/audit': 'restricted',
  'pod-security.kubernetes.io/audit-version': 'latest',
  'pod-security.kubernetes.io/warn': 'restricted',
  'pod-security.kubernetes.io/warn-version': 'latest',
};
const OWNED = { 'app.kubernetes.io/managed-by': 'pulumi' };

test.each([
  { given: { ownership: 'own' }, kind: 'Namespace', options: { protect: false }, labels: OWNED },
  {
    given: { ownership: 'own', protect: true },
    kind: 'Namespace',
    options: { protect: true },
    labels: OWNED,
  },
  {
    given: { ownership: 'own', labels: { team: 'platform' } },
    kind: 'Namespace',
    options: { protect: false },
    labels: { ...OWNED, team: 'platform' },
  },
  {
    given: { ownership: 'own', podSecurity: 'baseline', podSecurityReason: 'a log collector' },
    kind: 'Namespace',
    options: { protect: false },
    labels: { ...OWNED, 'pod-security.kubernetes.io/enforce': 'baseline' },
  },
  {
    given: { ownership: 'adopt', protect: true },
    kind: 'NamespacePatch',
    options: { protect: true, retainOnDelete: true },
    labels: {},
  },
])('the namespace: $given', async ({ given, kind, options, labels }) => {
  const namespace = resource(await run({ namespace: { name: 'team', ...given } }), kind, 'namespace');
  expect(namespace.inputs.metadata).toEqual({
    name: 'team',
    labels: { ...RESTRICTED, ...labels },
    ...(kind === 'NamespacePatch' && {
      annotations: { 'pulumi.com/patchFieldManager': 'namespace-rbac' },
    }),
  });
  expect({ protect: namespace.options.protect, retainOnDelete: namespace.options.retainOnDelete }).toEqual({
    retainOnDelete: undefined,
    ...options,
  });
});

test.each(['own', 'adopt'])(
  'everything waits for the namespace and has its provider: %s',
  async (ownership) => {
    const recording = await run({
      namespace: { name: 'team', ownership },
      sharedCode: { static: { node: 'n', path: '/srv/code', capacity: '5Gi', claim: '1Gi' } },
    });
    const objects = recording.resources.filter(({ type }) => type.startsWith('kubernetes:'));
    const namespace = objects.find(({ name }) => name === 'namespace');
    expect(objects.length).toBeGreaterThan(10);
    for (const { type, name, provider, inputs, options } of objects) {
      // What others made is patched by a provider that overrules nobody.
      const expected = type.endsWith('Patch') ? 'cluster-shared' : 'cluster';
      expect({ type, name, provider }).toEqual({
        type,
        name,
        provider: expect.stringContaining(`::pulumi:providers:kubernetes::${expected}::`) as string,
      });
      const metadata = inputs.metadata as { name?: string; namespace?: string };
      expect(metadata.name).toEqual(expect.any(String));
      if (name === 'namespace') continue;
      expect(options.dependsOn).toContain(namespace?.urn);
      if (!type.endsWith(':PersistentVolume')) expect(metadata.namespace).toBe('team');
    }
  },
);
