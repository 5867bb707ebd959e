import { awaitDeletions } from '../src/takeover/await-deletions.js';
import type { ExistingObject } from '../src/takeover/read-planned.js';

const planned = {
  stack: 'base',
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  namespace: 'team',
  name: 'server',
};
const stays: ExistingObject = { planned: { ...planned, kind: 'Service' }, metadata: {} };
const dying: ExistingObject = {
  planned,
  metadata: { deletionTimestamp: '2026-01-01T00:00:00Z', finalizers: ['foregroundDeletion'] },
};

/** A cluster with a Service, and a Deployment that is being deleted the first so many times that somebody looks. */
function cluster(times: number) {
  return jest.fn(() => Promise.resolve(times-- > 0 ? [dying, stays] : [stays]));
}

let printed: jest.SpyInstance;
beforeEach(() => {
  printed = jest.spyOn(console, 'log').mockImplementation();
});
afterEach(() => {
  printed.mockRestore();
});

test('where nothing is being deleted, it looks once and says nothing', async () => {
  const read = cluster(0);
  await awaitDeletions(read, 'here');
  expect(read).toHaveBeenCalledTimes(1);
  expect(printed).not.toHaveBeenCalled();
});

test('what is being deleted is named once, and waited for', async () => {
  const read = cluster(2);
  await awaitDeletions(read, 'here');
  expect(read).toHaveBeenCalledTimes(3);
  expect(printed.mock.calls).toEqual([['Waiting until these are deleted: Deployment team/server']]);
});

test('what is not gone in time is refused, with what holds it and the command to look', async () => {
  await expect(awaitDeletions(cluster(Number.POSITIVE_INFINITY), 'here', 0)).rejects.toMatchObject({
    problems: [
      {
        where: 'Deployment team/server',
        found:
          'it is being deleted since 2026-01-01T00:00:00Z, and is not gone yet; it waits for foregroundDeletion',
        remedy: expect.stringContaining(
          'kubectl --context here -n team describe deployment server',
        ) as string,
      },
    ],
  });
});
