import { formatProblems } from '@mcp-stacks/problem';
import type {
  ContainerEvidence,
  DeploymentEvidence,
  EventEvidence,
  PodEvidence,
  RolloutEvidence,
} from '../src/diagnosis/rollout-evidence.js';
import { rolloutProblems } from '../src/diagnosis/rollout-problems.js';

const SUBJECT = { stack: 'github-mcp', environment: 'dev', context: 'here', upstreams: ['namespace-rbac'] };
const metadata = { name: 'mcp-github', namespace: 'team' };
const deployment: DeploymentEvidence = { metadata };

/** A Deployment whose ReplicaSet may make no pods. */
function refused(message: string): DeploymentEvidence {
  return { metadata, status: { conditions: [{ type: 'ReplicaFailure', status: 'True', message }] } };
}

function pod(status: PodEvidence['status'], name = 'mcp-github-1', spec?: PodEvidence['spec']): PodEvidence {
  return { metadata: { name, uid: name }, ...(spec && { spec }), status: { phase: 'Pending', ...status } };
}

function container(status: Partial<ContainerEvidence>): PodEvidence['status'] {
  const rest = { name: 'server', image: 'registry/server:1', ready: false, restartCount: 0 };
  return { containerStatuses: [{ ...rest, ...status }] };
}

function waiting(reason: string, message: string): PodEvidence['status'] {
  return container({ state: { waiting: { reason, message } } });
}

function event(reason: string, message: string, minute = 0): EventEvidence {
  return {
    involvedObject: { uid: 'mcp-github-1', fieldPath: 'spec.containers{server}' },
    reason,
    message,
    lastTimestamp: new Date(2026, 0, 1, 0, minute),
  };
}

function unschedulable(message: string): PodEvidence {
  return pod({ conditions: [{ type: 'PodScheduled', status: 'False', message }] }, 'mcp-github-1', {
    volumes: [{ persistentVolumeClaim: { claimName: 'code' } }],
  });
}

const running = { running: { startedAt: new Date() } };
const probe = event('Unhealthy', 'Readiness probe failed: dial tcp 10.0.0.1:80: connect: connection refused');

/** Messages are those of a Kubernetes 1.36. */
test.each<[string, Partial<RolloutEvidence>, string[]]>([
  [
    'a quota',
    {
      deployment: refused(
        'pods "mcp-github-5c-x" is forbidden: exceeded quota: limits, requested: pods=1, used: pods=8, limited: pods=8',
      ),
    },
    ['ResourceQuota team/limits', 'needs pods=1; in use: pods=8 of pods=8', '-n team describe quota limits'],
  ],
  [
    'an account that is not there',
    {
      deployment: refused(
        'pods "mcp-github-75-" is forbidden: error looking up service account team/bot: serviceaccount "bot" not found',
      ),
    },
    ['ServiceAccount team/bot', 'npx engine up namespace-rbac --env dev'],
  ],
  [
    'Pod Security',
    {
      deployment: refused(
        'pods "mcp-github-75-" is forbidden: violates PodSecurity "restricted:latest": hostPath volumes (volume "x")',
      ),
    },
    ['Pod Security of namespace team', 'hostPath volumes (volume "x")', 'restricted:latest'],
  ],
  [
    'a limit range',
    { deployment: refused('pods "a" is forbidden: maximum cpu usage per Container is 2, but limit is 3') },
    ['found:    maximum cpu usage per Container is 2, but limit is 3', 'Pulumi.dev.yaml of github-mcp'],
  ],
  [
    'a claim that is not there',
    { pods: [unschedulable('0/1 nodes are available: persistentvolumeclaim "code" not found. not found')] },
    ['PersistentVolumeClaim team/code', 'found:    nothing'],
  ],
  [
    'a claim that is not bound',
    { pods: [unschedulable('0/1 nodes are available: pod has unbound immediate PersistentVolumeClaims.')] },
    ['PersistentVolumeClaim team/code', 'bound to no volume', 'describe pvc code'],
  ],
  [
    'a claim whose volume was bound to another one',
    {
      pods: [unschedulable('0/1 nodes are available: pod has unbound immediate PersistentVolumeClaims.')],
      volumes: [
        {
          metadata: { name: 'team-code' },
          spec: { claimRef: { namespace: 'team', name: 'code' } },
          status: { phase: 'Released' },
        },
      ],
    },
    ['volume team-code is kept for the claim that was deleted', 'kubectl --context here patch pv team-code'],
  ],
  [
    'no room on the nodes',
    { pods: [unschedulable('0/1 nodes are available: 1 Insufficient cpu.')] },
    ['fit on no node', '1 Insufficient cpu', 'add a node'],
  ],
  [
    'an image that is not there, of two pods',
    {
      pods: ['mcp-github-1', 'mcp-github-2'].map((name) =>
        pod(
          waiting(
            'ImagePullBackOff',
            'Back-off pulling image "registry/server:1": ErrImagePull: rpc error: code = NotFound desc = failed to ' +
              'pull and unpack image "registry/server:1": failed to resolve image: registry/server:1: not found',
          ),
          name,
        ),
      ),
    },
    [': 1 problem', 'image registry/server:1 cannot be pulled: failed to resolve image', 'push it'],
  ],
  [
    'a registry that refuses',
    { pods: [pod(waiting('ErrImagePull', 'failed to authorize: 401 Unauthorized'))] },
    ['give the nodes pull access'],
  ],
  [
    'a Secret that is not there',
    { pods: [pod(waiting('CreateContainerConfigError', 'secret "token" not found'))] },
    ['Secret team/token', 'found:    nothing', 'kubectl --context here -n team create secret generic token'],
  ],
  [
    'a Secret without the key',
    { pods: [pod(waiting('CreateContainerConfigError', "couldn't find key token in Secret team/github"))] },
    ['Secret team/github', 'no key token'],
  ],
  [
    'a Secret that is mounted and not there',
    {
      pods: [pod(waiting('ContainerCreating', ''))],
      events: [
        event('FailedMount', 'MountVolume.SetUp failed for volume "gcp" : secret "gcp-key" not found'),
      ],
    },
    ['Secret team/gcp-key', 'found:    nothing'],
  ],
  [
    'a program that ends',
    {
      pods: [
        pod(
          container({
            restartCount: 2,
            state: { waiting: { reason: 'CrashLoopBackOff', message: 'back-off 20s restarting' } },
            lastState: { terminated: { exitCode: 3, reason: 'Error' } },
          }),
        ),
      ],
      events: [probe],
    },
    ['exit code 3), 3 times', 'logs mcp-github-1 -c server --previous'],
  ],
  [
    'a command that the image has not',
    {
      pods: [
        pod(
          container({
            restartCount: 1,
            state: { waiting: { reason: 'CrashLoopBackOff' } },
            lastState: {
              terminated: {
                exitCode: 128,
                reason: 'StartError',
                message:
                  'failed to create containerd task: runc create failed: exec: "x": stat x: no such file',
              },
            },
          }),
        ),
      ],
    },
    ['it does not start: exec: "x": stat x: no such file'],
  ],
  [
    'too little memory',
    { pods: [pod(container({ state: { terminated: { exitCode: 137, reason: 'OOMKilled' } } }))] },
    ['OOMKilled', 'raise resources.limits.memory'],
  ],
  [
    'a probe that fails',
    {
      pods: [pod({ phase: 'Running', ...container({ state: running }) })],
      events: [event('Unhealthy', 'of an hour ago', -60), probe],
    },
    ['it runs, but Readiness probe failed: dial tcp 10.0.0.1:80', 'logs mcp-github-1 -c server\n'],
  ],
  [
    'a probe whose failure ends it',
    {
      pods: [
        pod(container({ state: running, restartCount: 1, lastState: { terminated: { exitCode: 137 } } })),
      ],
      events: [event('Killing', 'Container server failed startup probe, will be restarted'), probe],
    },
    ['it runs, but Readiness probe failed'],
  ],
  ['nothing any more', { pods: [pod(container({ ready: true, state: running }))] }, [': 0 problems']],
])('what the cluster says of a rollout: %s', (_, evidence, expected) => {
  const problems = rolloutProblems({ deployment, pods: [], events: [], volumes: [], ...evidence }, SUBJECT);
  const text = `${formatProblems('github-mcp', problems)}\n`;
  for (const part of expected) expect(text).toMatch(part);
});
