/** What a field of a pod template may hold. */
export interface PodSecurityRule {
  /**
   * Paths in the pod template; `CONTAINER` stands for each container, init and ephemeral ones included, `[*]` for
   * each element of a list and `*` for each key of a mapping.
   */
  readonly fields: readonly string[];
  /** The pod's field that holds where the container's is absent. */
  readonly inherits?: string;
  /** Judges the value; an absent one is `undefined`. `key` is the last part of its path. */
  readonly accepts: (value: unknown, key: string) => boolean;
  readonly expected: string;
  /** The words by which a component announces the exception in a warning; without them there is none. */
  readonly announced?: string;
}

/** The whole rule book of `restricted`, with what it takes over from `baseline`. */
export const STANDARD = 'https://kubernetes.io/docs/concepts/security/pod-security-standards/';

const falseOrAbsent = (value: unknown): boolean => value === undefined || value === false;
const absentOr =
  (...allowed: readonly unknown[]) =>
  (value: unknown): boolean =>
    value === undefined || allowed.includes(value);
const inPodAndContainers = (field: string): readonly string[] => [
  `spec.securityContext.${field}`,
  `CONTAINER.securityContext.${field}`,
];

const VOLUME_TYPES = [
  'configMap',
  'csi',
  'downwardAPI',
  'emptyDir',
  'ephemeral',
  'persistentVolumeClaim',
  'projected',
  'secret',
];

const SYSCTLS = [
  'kernel.shm_rmid_forced',
  'net.ipv4.ip_local_port_range',
  'net.ipv4.ip_local_reserved_ports',
  'net.ipv4.ip_unprivileged_port_start',
  'net.ipv4.ping_group_range',
  'net.ipv4.tcp_fin_timeout',
  'net.ipv4.tcp_keepalive_intvl',
  'net.ipv4.tcp_keepalive_probes',
  'net.ipv4.tcp_keepalive_time',
  'net.ipv4.tcp_syncookies',
];

/** The controls of `baseline`. */
const BASELINE: readonly PodSecurityRule[] = [
  {
    fields: inPodAndContainers('windowsOptions.hostProcess'),
    accepts: falseOrAbsent,
    expected: 'no host process',
  },
  {
    fields: ['spec.hostNetwork', 'spec.hostPID', 'spec.hostIPC'],
    accepts: falseOrAbsent,
    expected: "a namespace of its own, not the host's",
  },
  {
    fields: ['CONTAINER.securityContext.privileged'],
    accepts: falseOrAbsent,
    expected: 'no privileged container',
  },
  {
    fields: ['CONTAINER.ports[*].hostPort'],
    accepts: absentOr(0),
    expected: 'no port of the host: a Service reaches the pod',
  },
  {
    fields: [
      'startupProbe',
      'readinessProbe',
      'livenessProbe',
      'lifecycle.postStart',
      'lifecycle.preStop',
    ].flatMap((hook) => [`CONTAINER.${hook}.httpGet.host`, `CONTAINER.${hook}.tcpSocket.host`]),
    accepts: absentOr(''),
    expected: 'no host: the pod itself is asked',
  },
  {
    fields: inPodAndContainers('appArmorProfile.type'),
    accepts: absentOr('RuntimeDefault', 'Localhost'),
    expected: 'RuntimeDefault or Localhost',
  },
  {
    fields: ['metadata.annotations.*'],
    accepts: (value, key) =>
      !key.startsWith('container.apparmor.security.beta.kubernetes.io/') ||
      /^(runtime\/default|localhost\/.*)$/.test(String(value)),
    expected: 'runtime/default or localhost/<profile>',
  },
  {
    fields: inPodAndContainers('seLinuxOptions.type'),
    accepts: absentOr('', 'container_t', 'container_init_t', 'container_kvm_t', 'container_engine_t'),
    expected: 'a type for containers',
  },
  {
    fields: [...inPodAndContainers('seLinuxOptions.user'), ...inPodAndContainers('seLinuxOptions.role')],
    accepts: absentOr(''),
    expected: 'none',
  },
  {
    fields: ['CONTAINER.securityContext.procMount'],
    accepts: absentOr('', 'Default'),
    expected: 'Default',
  },
  {
    fields: ['spec.securityContext.sysctls[*].name'],
    accepts: absentOr(...SYSCTLS),
    expected: 'a sysctl that concerns the pod alone',
  },
];

/** What `restricted` adds. */
const RESTRICTED: readonly PodSecurityRule[] = [
  {
    fields: ['spec.volumes[*]'],
    accepts: (volume) =>
      Object.keys(volume as object).every((key) => key === 'name' || VOLUME_TYPES.includes(key)),
    expected: `one of the types ${VOLUME_TYPES.join(', ')}`,
  },
  {
    fields: ['CONTAINER.securityContext.allowPrivilegeEscalation'],
    accepts: (value) => value === false,
    expected: 'false',
  },
  { fields: ['spec.securityContext.runAsNonRoot'], accepts: absentOr(true), expected: 'true' },
  {
    fields: ['CONTAINER.securityContext.runAsNonRoot'],
    inherits: 'spec.securityContext.runAsNonRoot',
    accepts: (value) => value === true,
    expected: 'true',
    announced: 'runs as root',
  },
  {
    fields: inPodAndContainers('runAsUser'),
    accepts: (value) => value !== 0,
    expected: 'the number of a user other than root',
    announced: 'runs as root',
  },
  {
    fields: ['spec.securityContext.seccompProfile.type'],
    accepts: absentOr('RuntimeDefault', 'Localhost'),
    expected: 'RuntimeDefault or Localhost',
  },
  {
    fields: ['CONTAINER.securityContext.seccompProfile.type'],
    inherits: 'spec.securityContext.seccompProfile.type',
    accepts: (value) => value === 'RuntimeDefault' || value === 'Localhost',
    expected: 'RuntimeDefault or Localhost',
  },
  {
    fields: ['CONTAINER.securityContext.capabilities.drop'],
    accepts: (value) => Array.isArray(value) && value.includes('ALL'),
    expected: '["ALL"]',
  },
  {
    fields: ['CONTAINER.securityContext.capabilities.add[*]'],
    accepts: (value) => value === 'NET_BIND_SERVICE',
    expected: 'none but NET_BIND_SERVICE',
  },
];

/** What this project asks for beyond the standard. */
const HOUSE: readonly PodSecurityRule[] = [
  {
    fields: ['CONTAINER.securityContext.readOnlyRootFilesystem'],
    accepts: (value) => value === true,
    expected: 'true, with an emptyDir where the program writes',
    announced: 'has a writable root file system',
  },
  {
    fields: ['spec.automountServiceAccountToken'],
    accepts: (value) => value === false,
    expected: 'false: a token that every container would get; a projected volume gives it to one',
  },
  {
    fields: ['spec.enableServiceLinks'],
    accepts: (value) => value === false,
    expected: "false: a Service's name could set a variable that the program reads",
  },
];

/** Every rule that a pod template is held to. Source of the first two parts: `STANDARD`. */
export const POD_SECURITY_RULES: readonly PodSecurityRule[] = [...BASELINE, ...RESTRICTED, ...HOUSE];
