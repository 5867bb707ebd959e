import { resource, run } from './support/run.js';

test('without sharedCode there is no claim', async () => {
  const recording = await run();
  expect(recording.outputs.volumeClaims).toEqual({});
  expect(recording.resources.some(({ type }) => type.includes('PersistentVolume'))).toBe(false);
});

test('an existing claim is passed on, and nothing is made', async () => {
  const recording = await run({ sharedCode: { existingClaim: 'code' } });
  expect(recording.outputs.volumeClaims).toEqual({ 'shared-code': 'code' });
  expect(recording.resources.some(({ type }) => type.includes('PersistentVolume'))).toBe(false);
});

test.each([
  ['of a named class', { name: 'fast', claim: '1Gi' }, { storageClassName: 'fast' }],
  ['of the default class', { claim: '1Gi', accessMode: 'ReadWriteMany' }, { accessModes: ['ReadWriteMany'] }],
])('a claim %s', async (_what, storageClass, spec) => {
  const recording = await run({ sharedCode: { storageClass } });
  expect(recording.outputs.volumeClaims).toEqual({ 'shared-code': 'shared-code' });
  expect(resource(recording, 'PersistentVolumeClaim', 'shared-code').inputs.spec).toEqual({
    accessModes: ['ReadWriteOnce'],
    resources: { requests: { storage: '1Gi' } },
    ...spec,
  });
});
