import type { types } from '@pulumi/kubernetes';
import type { ContainerArgs, SecurityException } from './container-args.js';
import type { K8sAppArgs } from './k8s-app-args.js';

/** Every default of a workload that is not a security context. */
export const DEFAULTS = {
  replicas: 1,
  rolloutTimeoutSeconds: 300,
  terminationGracePeriodSeconds: 30,
  revisionHistoryLimit: 3,
  runAsUser: 1000,
  imagePullPolicy: 'IfNotPresent',
  protocol: 'TCP',
  targetCpuUtilizationPercent: 80,
  serviceType: 'ClusterIP',
  sessionAffinity: 'None',
  /** Kubernetes' own: `DefaultClientIPServiceAffinitySeconds` in k8s.io/api/core/v1. */
  sessionAffinityTimeoutSeconds: 10800,
  /** A new pod is ready before an old one goes. */
  strategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 0, maxSurge: 1 } },
} as const;

/** The user that a container's process runs as. */
export function effectiveUser(container: ContainerArgs, args: K8sAppArgs): number {
  return container.runAsUser ?? args.runAsUser ?? DEFAULTS.runAsUser;
}

/** What of a pod is secure by default; each field can only be undone where `K8sAppArgs` has an argument for it. */
export function securePod(
  args: K8sAppArgs,
): Pick<
  types.input.core.v1.PodSpec,
  'automountServiceAccountToken' | 'enableServiceLinks' | 'hostUsers' | 'securityContext'
> {
  const runAsUser = args.runAsUser ?? DEFAULTS.runAsUser;
  return {
    // The API token would be in every container of the pod; who needs it mounts a projected volume.
    automountServiceAccountToken: false,
    // A Service named `github` would inject GITHUB_PORT=tcp://…, which a server may read as its own setting.
    enableServiceLinks: false,
    hostUsers: args.hostUsers ?? false,
    securityContext: {
      runAsGroup: runAsUser,
      // Without it the kubelet changes the group of every file of a volume at each start of a pod.
      fsGroupChangePolicy: 'OnRootMismatch',
      seccompProfile: { type: 'RuntimeDefault' },
      ...args.podSecurityContext,
      runAsNonRoot: true,
      runAsUser,
      fsGroup: args.fsGroup ?? runAsUser,
    },
  };
}

/** What of a container is secure by default, without exactly what its `securityExceptions` name. */
export function secureContainer(container: ContainerArgs): types.input.core.v1.SecurityContext {
  return {
    ...container.securityContext,
    allowPrivilegeEscalation: false,
    capabilities: { drop: ['ALL'] },
    privileged: false,
    readOnlyRootFilesystem: !hasException(container, 'writableRootFilesystem'),
    runAsNonRoot: !hasException(container, 'runAsRoot'),
    ...(container.runAsUser !== undefined && { runAsUser: container.runAsUser }),
  };
}

/** Whether somebody decided on that deviation for the container. */
export function hasException(container: ContainerArgs, allow: SecurityException['allow']): boolean {
  return container.securityExceptions?.some((exception) => exception.allow === allow) ?? false;
}
