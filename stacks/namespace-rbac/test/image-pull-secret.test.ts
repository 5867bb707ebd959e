import type { SecretValue } from '@mcp-stacks/recorder';
import { resource, run } from './support/run.js';

const CONTENT = '{"auths":{"ghcr.io":{"auth":"hunter2"}}}';

test('the pull secret is made of secret configuration, and never shown', async () => {
  const recording = await run(
    { imagePullSecret: { name: 'ghcr' } },
    { secrets: { dockerConfigJson: CONTENT } },
  );
  const { inputs } = resource(recording, 'Secret', 'image-pull-secret');
  expect(inputs).toMatchObject({ type: 'kubernetes.io/dockerconfigjson', metadata: { name: 'ghcr' } });
  expect((inputs.stringData as SecretValue).value).toEqual({ '.dockerconfigjson': CONTENT });
  expect(JSON.stringify(recording)).not.toContain('hunter2');
});

test.each([
  ['made here', {}, { dockerConfigJson: CONTENT }],
  ['made elsewhere', { existing: true }, undefined],
])('a pull secret that is %s reaches accounts and contract', async (_what, more, secrets) => {
  const recording = await run({ imagePullSecret: { name: 'ghcr', ...more } }, { secrets });
  expect(recording.outputs.imagePullSecrets).toEqual(['ghcr']);
  expect(resource(recording, 'ServiceAccount', 'server-mcp-github').inputs.imagePullSecrets).toEqual([
    { name: 'ghcr' },
  ]);
  expect(recording.resources.filter(({ type }) => type.endsWith(':Secret'))).toHaveLength(secrets ? 1 : 0);
});
