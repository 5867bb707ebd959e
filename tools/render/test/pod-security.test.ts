import { podSecurityProblems } from '../src/checks/pod-security-problems.js';
import { POD_SECURITY_RULES } from '../src/checks/pod-security-rules.js';
import { type FieldPath } from '../src/manifests/field-path.js';

import { type Manifest } from '../src/manifests/manifest.js';

const secureContainer = () => ({
  allowPrivilegeEscalation: false,
  capabilities: { drop: ['ALL'], add: ['NET_BIND_SERVICE'] },
  readOnlyRootFilesystem: true,
});

/** A pod that keeps every rule, made anew for each test. */
function securePod(): Record<string, unknown> {
  return {
    metadata: {
      annotations: { 'container.apparmor.security.beta.kubernetes.io/main': 'runtime/default', note: 'x' },
    },
    spec: {
      automountServiceAccountToken: false,
      enableServiceLinks: false,
      securityContext: {
        runAsNonRoot: true,
        runAsUser: 1000,
        seccompProfile: { type: 'RuntimeDefault' },
        sysctls: [{ name: 'net.ipv4.tcp_syncookies', value: '1' }],
      },
      volumes: [{ name: 'tmp', emptyDir: {} }],
      initContainers: [{ name: 'init', ports: [{ containerPort: 1 }], securityContext: secureContainer() }],
      containers: [
        {
          name: 'main',
          ports: [{ containerPort: 8080 }],
          livenessProbe: { httpGet: { port: 8080 } },
          securityContext: secureContainer(),
        },
      ],
      ephemeralContainers: [
        { name: 'debug', ports: [{ containerPort: 2 }], securityContext: secureContainer() },
      ],
    },
  };
}

function problems(kind: string, object: Record<string, unknown>): readonly string[] {
  const manifest: Manifest = {
    object: {
      apiVersion: 'v1',
      kind,
      ...object,
      metadata: { name: 'p', ...(object.metadata as object) },
    },
    resource: {
      urn: 'u',
      type: 't',
      name: 'n',
      custom: true,
      inputs: {},
      options: {
        dependsOn: [],
        aliases: [],
        ignoreChanges: [],
        replaceOnChanges: [],
        additionalSecretOutputs: [],
      },
    },
    isPatch: false,
  };
  return podSecurityProblems(manifest, () => []).map(({ where }) => where.replace(`${kind} p: `, ''));
}

function set(root: unknown, path: FieldPath, value: unknown): void {
  let at = root as Record<string | number, unknown>;
  for (const part of path.slice(0, -1)) at = (at[part] ??= {}) as Record<string | number, unknown>;
  const last = path.at(-1) ?? '';
  if (value === undefined) Reflect.deleteProperty(at, last);
  else at[last] = value;
}

/** For each rule at least one value that breaks it: [the field, the value, the path in the message if another]. */
const BROKEN: readonly (readonly [string, unknown, string?])[] = [
  ['spec.hostNetwork', true],
  ['spec.hostPID', true],
  ['spec.hostIPC', true],
  ['spec.securityContext.windowsOptions.hostProcess', true],
  ['CONTAINER.securityContext.windowsOptions.hostProcess', true],
  ['CONTAINER.securityContext.privileged', true],
  ['CONTAINER.ports.0.hostPort', 80, 'CONTAINER.ports[0].hostPort'],
  ['CONTAINER.startupProbe.httpGet.host', 'node'],
  ['CONTAINER.lifecycle.preStop.tcpSocket.host', 'node'],
  ['spec.securityContext.appArmorProfile.type', 'Unconfined'],
  ['CONTAINER.securityContext.appArmorProfile.type', 'Unconfined'],
  [
    'metadata.annotations.container.apparmor.security.beta.kubernetes.io/main',
    'unconfined',
    'metadata.annotations["container.apparmor.security.beta.kubernetes.io/main"]',
  ],
  ['spec.securityContext.seLinuxOptions.type', 'spc_t'],
  ['CONTAINER.securityContext.seLinuxOptions.role', 'sysadm_r'],
  ['CONTAINER.securityContext.procMount', 'Unmasked'],
  [
    'spec.securityContext.sysctls.0.name',
    'kernel.msgmax',
    'spec.securityContext.sysctls[kernel.msgmax].name',
  ],
  ['spec.volumes.0', { name: 'v', hostPath: { path: '/' } }, 'spec.volumes[v]'],
  ['spec.volumes.0', { name: 'v', nfs: { server: 's', path: '/' } }, 'spec.volumes[v]'],
  ['CONTAINER.securityContext.allowPrivilegeEscalation', undefined],
  ['CONTAINER.securityContext.allowPrivilegeEscalation', true],
  ['CONTAINER.securityContext.runAsNonRoot', false],
  ['CONTAINER.securityContext.runAsUser', 0],
  ['spec.securityContext.runAsUser', 0],
  ['CONTAINER.securityContext.seccompProfile.type', 'Unconfined'],
  ['CONTAINER.securityContext.capabilities.drop', ['NET_RAW']],
  [
    'CONTAINER.securityContext.capabilities.add.0',
    'SYS_ADMIN',
    'CONTAINER.securityContext.capabilities.add[0]',
  ],
  ['CONTAINER.securityContext.readOnlyRootFilesystem', undefined],
  ['spec.automountServiceAccountToken', undefined],
  ['spec.enableServiceLinks', undefined],
];

const CONTAINERS = [
  ['initContainers', 'init'],
  ['containers', 'main'],
  ['ephemeralContainers', 'debug'],
] as const;

test('a pod that keeps every rule has no problem, of whatever kind the workload is', () => {
  const template = securePod();
  expect(problems('Pod', template)).toEqual([]);
  expect(problems('StatefulSet', { spec: { template } })).toEqual([]);
  expect(problems('CronJob', { spec: { jobTemplate: { spec: { template } } } })).toEqual([]);
});

test.each(BROKEN.map(([field, value, shown = field]) => ({ field, value, shown })))(
  '$field: $value',
  ({ field, value, shown }) => {
    const lists = field.startsWith('CONTAINER.') ? CONTAINERS : [CONTAINERS[0]];
    for (const [list, name] of lists) {
      const pod = securePod();
      const start = field.startsWith('CONTAINER.') ? ['spec', list, 0] : [];
      const rest = field.replace('CONTAINER.', '');
      const path = rest.includes('apparmor.')
        ? ['metadata', 'annotations', rest.slice('metadata.annotations.'.length)]
        : rest.split('.').map((part) => (/^\d+$/.test(part) ? Number(part) : part));
      set(pod, [...start, ...path], value);
      expect(problems('Pod', pod)).toEqual([shown.replace('CONTAINER', `spec.${list}[${name}]`)]);
    }
  },
);

test('what only the pod says must hold for each container', () => {
  const pod = securePod();
  set(pod, ['spec', 'securityContext'], undefined);
  expect(problems('DaemonSet', { spec: { template: pod } })).toEqual(
    ['runAsNonRoot', 'seccompProfile.type'].flatMap((field) =>
      CONTAINERS.map(([list, name]) => `spec.template.spec.${list}[${name}].securityContext.${field}`),
    ),
  );
});

test('each rule has a case above', () => {
  const tried = new Set(BROKEN.map(([field]) => field.replaceAll(/\.0(?=\.|$)/g, '[*]')));
  const untried = POD_SECURITY_RULES.filter(
    ({ fields }) => !fields.some((field) => tried.has(field) || field === 'metadata.annotations.*'),
  );
  // These two speak where the container's own value is absent or another, which the test before this one shows.
  expect(untried.map(({ fields }) => fields)).toEqual([
    ['spec.securityContext.runAsNonRoot'],
    ['spec.securityContext.seccompProfile.type'],
  ]);
});
