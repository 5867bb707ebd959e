import type { apps, types } from '@pulumi/kubernetes';
import type { Input } from '@pulumi/pulumi';
import { DEFAULTS, securePod } from '../defaults.js';
import type { K8sAppArgs } from '../k8s-app-args.js';
import { selectorLabels } from '../labels.js';
import type { WorkloadContainer } from '../workload-containers.js';
import { containerManifest } from './container.js';

/** What the Deployment is made of besides the arguments. */
export interface DeploymentParts {
  readonly subject: string;
  readonly workload: string;
  readonly labels: Readonly<Record<string, Input<string>>>;
  readonly containers: readonly WorkloadContainer[];
  /** Annotations of the pods that change whenever owned configuration does. */
  readonly checksums: Readonly<Record<string, Input<string>>>;
}

/** The Deployment's arguments. */
export function deploymentManifest(args: K8sAppArgs, parts: DeploymentParts): apps.v1.DeploymentArgs {
  const { workload, labels } = parts;
  const podAnnotations = { ...args.podAnnotations, ...parts.checksums };
  return {
    metadata: {
      name: workload,
      namespace: args.namespace,
      labels,
      ...(args.annotations !== undefined && { annotations: args.annotations }),
    },
    spec: {
      ...(args.autoscaler === undefined && { replicas: args.replicas ?? DEFAULTS.replicas }),
      revisionHistoryLimit: args.revisionHistoryLimit ?? DEFAULTS.revisionHistoryLimit,
      progressDeadlineSeconds: args.rolloutTimeoutSeconds ?? DEFAULTS.rolloutTimeoutSeconds,
      strategy: args.strategy ?? DEFAULTS.strategy,
      selector: { matchLabels: selectorLabels(workload) },
      template: {
        metadata: {
          labels,
          ...(Object.keys(podAnnotations).length > 0 && { annotations: podAnnotations }),
        },
        spec: podSpec(args, parts),
      },
    },
  };
}

function podSpec(
  args: K8sAppArgs,
  { subject, workload, containers }: DeploymentParts,
): types.input.core.v1.PodSpec {
  const manifests = (...roles: WorkloadContainer['role'][]): types.input.core.v1.Container[] =>
    containers
      .filter(({ role }) => roles.includes(role))
      .map((container) => containerManifest(subject, container));
  const initContainers = manifests('init', 'nativeSidecar');
  const volumes = Object.entries(args.volumes ?? {})
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([name, source]) => ({ name, ...source }));
  return {
    ...securePod(args),
    terminationGracePeriodSeconds:
      args.terminationGracePeriodSeconds ?? DEFAULTS.terminationGracePeriodSeconds,
    ...(args.serviceAccountName !== undefined && { serviceAccountName: args.serviceAccountName }),
    ...((args.imagePullSecretNames ?? []).length > 0 && {
      imagePullSecrets: args.imagePullSecretNames?.map((name) => ({ name })),
    }),
    ...(initContainers.length > 0 && { initContainers }),
    containers: manifests('main', 'sidecar'),
    ...(volumes.length > 0 && { volumes }),
    ...(args.nodeSelector !== undefined && { nodeSelector: args.nodeSelector }),
    ...(args.affinity !== undefined && { affinity: args.affinity }),
    ...(args.tolerations !== undefined && { tolerations: [...args.tolerations] }),
    ...(args.topologySpreadConstraints !== undefined && {
      topologySpreadConstraints: args.topologySpreadConstraints.map((constraint) => ({
        labelSelector: { matchLabels: selectorLabels(workload) },
        ...constraint,
      })),
    }),
    ...(args.priorityClassName !== undefined && { priorityClassName: args.priorityClassName }),
  };
}
