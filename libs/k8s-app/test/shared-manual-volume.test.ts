import { SharedManualVolume, type SharedManualVolumeArgs } from '../src/index.js';
import { ProblemsError } from '@mcp-stacks/problem';
import { record } from '@mcp-stacks/recorder';
import { output } from '@pulumi/pulumi';

const args: SharedManualVolumeArgs = {
  namespace: 'tools',
  name: 'shared',
  capacity: '5Gi',
  request: '1Gi',
  node: 'master-1',
  path: '/var/local/shared',
};

test('a volume and a claim that name each other', async () => {
  const { resources, outputs } = await record(() => {
    const { claimName } = new SharedManualVolume('project', args);
    return { claimName };
  });
  expect(resources).toMatchSnapshot();
  expect(outputs).toEqual({ claimName: 'shared' });
});

test('both objects stay if asked', async () => {
  const { resources } = await record(() => {
    new SharedManualVolume('project', { ...args, retainOnDelete: true });
  });
  expect(resources.filter(({ custom }) => custom).map(({ options }) => options.retainOnDelete)).toEqual([
    true,
    true,
  ]);
});

test.each<[string, Partial<SharedManualVolumeArgs>, string[]]>([
  ['a request above the capacity', { request: '6Gi' }, ['args.request']],
  ['quantities that are none', { capacity: '5 GB', request: '0' }, ['args.capacity', 'args.request']],
  ['a relative path', { path: 'var/local' }, ['args.path']],
  ['a path that climbs', { path: '/var/../etc' }, ['args.path']],
  ['no node', { node: '' }, ['args.node']],
  ['a bad claim name', { name: 'Shared' }, ['args.name']],
  ['a promised namespace without a volume name', { namespace: output('tools') }, ['args.volumeName']],
  ['an access mode that is none', { accessModes: ['RWO' as 'ReadWriteOnce'] }, ['args.accessModes']],
  ['bad labels', { labels: { 'a b': 'c' } }, ['args.labels["a b"]']],
])('refuses %s', async (_title, change, where) => {
  const program = record(() => new SharedManualVolume('project', { ...args, ...change }));
  const error: unknown = await program.catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(ProblemsError);
  expect((error as ProblemsError).problems.map((problem) => problem.where)).toEqual(where);
});
