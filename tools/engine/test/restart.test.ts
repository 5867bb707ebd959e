import { rolloutOf, type RolloutState } from '../src/restart/rollout.js';

const ready = { observedGeneration: 2, replicas: 2, updatedReplicas: 2, availableReplicas: 2 };

test.each<[string, RolloutState['status'], RolloutState['spec'], string]>([
  ['the controller has not seen it yet', { ...ready, observedGeneration: 1 }, {}, 'running'],
  ['one pod is new', { ...ready, updatedReplicas: 1 }, {}, 'running'],
  ['an old pod is still there', { ...ready, replicas: 3 }, {}, 'running'],
  ['a new pod is not available', { ...ready, availableReplicas: 1 }, {}, 'running'],
  ['all are new and available', ready, {}, 'done'],
  ['scaled to nothing', { observedGeneration: 2 }, { replicas: 0 }, 'done'],
  ['paused', ready, { paused: true }, 'failed'],
  [
    'no progress in time',
    {
      ...ready,
      availableReplicas: 1,
      conditions: [{ type: 'Progressing', reason: 'ProgressDeadlineExceeded', message: 'timed out' }],
    },
    {},
    'failed',
  ],
])('a rollout where %s', (_, status, spec, state) => {
  expect(rolloutOf({ metadata: { generation: 2 }, spec: { replicas: 2, ...spec }, status })).toMatchObject({
    state,
  });
});
