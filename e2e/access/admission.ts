import type { Deployment } from '../engine/deployment.js';
import { ask, type Manifest, type Pod, send } from './cluster.js';
import { eventually } from './eventually.js';
import { IDLE, restrictedPod } from './restricted-pod.js';

const HARMLESS = { name: 'admitted', script: IDLE } as const;

type Fields = Readonly<Record<string, unknown>>;

/** Fields of a pod's spec, of its container's security context, and of its container. */
type Changes = readonly [spec: Fields, securityContext?: Fields, container?: Fields];

/** The harmless pod, changed. */
function altered(namespace: string, ...[spec, securityContext, container]: Changes): Manifest {
  const pod = restrictedPod({ ...HARMLESS, namespace });
  const [first] = pod.spec.containers;
  const context = { ...(first.securityContext as Fields), ...securityContext };
  return {
    ...pod,
    spec: { ...pod.spec, containers: [{ ...first, securityContext: context, ...container }], ...spec },
  };
}

const dryRun = ['create', '--dry-run=server', '--output', 'json'] as const;

/**
 * Ways to fall short of `restricted`, and how the API server names them. No privileged container: a cluster may refuse
 * that by itself, whatever the namespace says.
 */
const VIOLATIONS: readonly (readonly [what: string, message: string, changes: Changes])[] = [
  [
    'privilege escalation',
    'allowPrivilegeEscalation != false',
    [{}, { allowPrivilegeEscalation: undefined }],
  ],
  [
    'a capability',
    'unrestricted capabilities',
    [{}, { capabilities: { drop: ['ALL'], add: ['SYS_ADMIN'] } }],
  ],
  ['kept capabilities', 'unrestricted capabilities', [{}, { capabilities: undefined }]],
  ['root by default', 'runAsNonRoot != true', [{}, { runAsNonRoot: undefined }]],
  ['user 0', 'runAsUser=0', [{}, { runAsUser: 0 }]],
  ['no seccomp profile', 'seccompProfile', [{}, { seccompProfile: undefined }]],
  ['seccomp switched off', 'seccompProfile', [{}, { seccompProfile: { type: 'Unconfined' } }]],
  ["the node's network", 'host namespaces', [{ hostNetwork: true }]],
  ["the node's processes", 'host namespaces', [{ hostPID: true }]],
  ['a folder of the node', 'hostPath', [{ volumes: [{ name: 'node', hostPath: { path: '/' } }] }]],
  ['a port of the node', 'hostPort', [{}, {}, { ports: [{ containerPort: 8080, hostPort: 8080 }] }]],
  [
    'a sysctl of the node',
    'forbidden sysctls',
    [{ securityContext: { sysctls: [{ name: 'kernel.msgmax', value: '1' }] } }],
  ],
  [
    'an init container as root',
    'container "init"',
    [{ initContainers: [{ name: 'init', image: 'testbed.local/node:1' }] }],
  ],
];

/** What the namespace refuses, whoever asks: these tests ask as its administrator. */
export function admission(deployment: () => Deployment): void {
  describe('Pod Security restricted', () => {
    test('admits a pod that meets it', () => {
      expect(send([altered(deployment().namespace, {})], ...dryRun)).toMatchObject({ code: 0 });
    });

    test.each(VIOLATIONS)('refuses %s and says %s', (_, message, changes) => {
      const refused = send([altered(deployment().namespace, ...changes)], ...dryRun);
      expect(refused.code).not.toBe(0);
      expect(refused.output).toMatch(/violates PodSecurity "restricted:\w+"/);
      expect(refused.output).toContain(message);
    });
  });

  describe('the limit range', () => {
    test('gives requests and limits to a container that names none', () => {
      const admitted = send([altered(deployment().namespace, {})], ...dryRun);
      expect((JSON.parse(admitted.output) as Pod).spec.containers[0]?.resources).toEqual({
        requests: { cpu: '50m', memory: '64Mi' },
        limits: { cpu: '500m', memory: '512Mi' },
      });
    });

    test.each([
      ['cpu', '2', '2001m'],
      ['memory', '2Gi', '2049Mi'],
    ])('refuses a container with more %s than %s', (resource, maximum, limit) => {
      const resources = { limits: { [resource]: limit } };
      const refused = send([altered(deployment().namespace, {}, {}, { resources })], ...dryRun);
      expect(refused.code).not.toBe(0);
      expect(refused.output).toContain(`maximum ${resource} usage per Container is ${maximum}`);
    });
  });

  describe('the quota', () => {
    test('refuses a pod for which too little is left', () => {
      const { namespace } = deployment();
      const container = restrictedPod({ ...HARMLESS, namespace }).spec.containers[0];
      const large = { requests: { memory: '1800Mi' }, limits: { memory: '2Gi' } };
      const containers = ['one', 'two'].map((name) => ({ ...container, name, resources: large }));
      const refused = send([altered(namespace, { containers })], 'create');
      expect(refused.code).not.toBe(0);
      expect(refused.output).toMatch(
        /exceeded quota: quota, requested: .*requests\.memory=3600Mi.*limited: /,
      );
    });

    test('stops a Deployment that grows beyond it, and the Deployment says why', async () => {
      const { namespace } = deployment();
      const labels = { 'e2e/quota': 'many' };
      const { spec } = altered(namespace, { nodeSelector: { 'e2e/no-such-node': '' } });
      const many = { name: 'many', namespace };
      const made = send(
        [
          {
            apiVersion: 'apps/v1',
            kind: 'Deployment',
            metadata: many,
            spec: {
              replicas: 20,
              selector: { matchLabels: labels },
              template: { metadata: { labels }, spec },
            },
          },
        ],
        'create',
      );
      try {
        expect(made).toMatchObject({ code: 0 });
        const reason = () =>
          ask(
            ...['get', 'deployment', many.name, '--namespace', namespace, '--output'],
            'jsonpath={.status.conditions[?(@.type=="ReplicaFailure")].message}',
          );
        await eventually(() => /exceeded quota: quota, .*limited: pods=8/.test(reason()), true);
        const { hard, used } = (
          deployment().get('resourcequota', 'quota') as {
            status: Record<'hard' | 'used', Record<string, string>>;
          }
        ).status;
        expect(Number(used.pods)).toBe(Number(hard.pods));
      } finally {
        ask('delete', 'deployment', many.name, '--namespace', namespace, '--cascade=foreground');
      }
    });
  });
}
