import type { Candidate } from '../src/takeover/find-foreign-objects.js';
import { checkTakeover } from '../src/takeover/check-takeover.js';
import { awaitDeletions } from '../src/takeover/await-deletions.js';
import { type ExistingObject, readPlanned } from '../src/takeover/read-planned.js';

jest.mock('../src/takeover/read-planned.js', () => ({ readPlanned: jest.fn() }));

const named = { stack: 'base', namespace: 'team', name: 'server' };
const service: ExistingObject = { planned: { ...named, apiVersion: 'v1', kind: 'Service' }, metadata: {} };
const deployment: ExistingObject = {
  planned: { ...named, apiVersion: 'apps/v1', kind: 'Deployment' },
  metadata: { deletionTimestamp: '2026-01-01T00:00:00Z', finalizers: ['foregroundDeletion'] },
};
const claim: ExistingObject = {
  planned: { ...named, apiVersion: 'v1', kind: 'PersistentVolumeClaim' },
  metadata: { deletionTimestamp: '2026-01-01T00:00:00Z', finalizers: ['kubernetes.io/pvc-protection'] },
};
const PLANNED = [service, deployment, claim].map(({ planned }) => planned);

/** A cluster with a Service, and with others that are being deleted the first so many times that somebody looks. */
function cluster(times: number, ...dying: readonly ExistingObject[]) {
  return jest.fn(() => Promise.resolve(times-- > 0 ? [...dying, service] : [service]));
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
  expect(await awaitDeletions(read, PLANNED, 'here')).toEqual([]);
  expect(read.mock.calls).toEqual([[PLANNED]]);
  expect(printed).not.toHaveBeenCalled();
});

test('what is being deleted is named once, and it alone is looked at until it is gone', async () => {
  const read = cluster(2, deployment);
  expect(await awaitDeletions(read, PLANNED, 'here')).toEqual([]);
  expect(read.mock.calls).toEqual([[PLANNED], [[deployment.planned]], [[deployment.planned]]]);
  expect(printed.mock.calls).toEqual([['Waiting until these are deleted: Deployment team/server']]);
});

test('what is not gone in time is refused, with what holds it and the command to look', async () => {
  const read = cluster(Number.POSITIVE_INFINITY, deployment, claim);
  await expect(awaitDeletions(read, PLANNED, 'here', 0)).rejects.toMatchObject({
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

test('what goes with the pods that mount it is no reason to refuse, and is told', async () => {
  const read = cluster(Number.POSITIVE_INFINITY, claim);
  expect(await awaitDeletions(read, PLANNED, 'here', 0)).toEqual([
    'PersistentVolumeClaim team/server is being deleted: it goes when no pod mounts it any more, and new pods cannot',
  ]);
});

test.each([
  ['up', [], true],
  ['up', ['--target', 'urn'], false],
  ['up', ['--exclude=urn'], false],
  ['preview', [], false],
] as const)('whether %s %j waits: %j', async (operation, extraArguments, waits) => {
  jest
    .mocked(readPlanned)
    .mockResolvedValueOnce({ existing: [deployment], notes: [] })
    .mockResolvedValue({ existing: [], notes: [] });
  const candidate = {
    prepared: { stack: { name: 'base' }, cluster: { name: 'here' } },
    state: { objects: [], unfinished: [], outputs: {} },
  } as unknown as Candidate;
  await checkTakeover(operation, { objects: PLANNED }, [candidate], { command: 'up', extraArguments });
  expect(printed.mock.calls.flat().join()).toBe(
    waits ? 'Waiting until these are deleted: Deployment team/server' : '',
  );
});
