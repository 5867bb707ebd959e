import { type KubernetesObject } from './kubernetes-object.js';

/** What has to exist first comes first; a kind that is not listed comes last. */
const KINDS = [
  'CustomResourceDefinition',
  'Namespace',
  'PriorityClass',
  'ResourceQuota',
  'LimitRange',
  'ServiceAccount',
  'Secret',
  'ConfigMap',
  'StorageClass',
  'PersistentVolume',
  'PersistentVolumeClaim',
  'ClusterRole',
  'ClusterRoleBinding',
  'Role',
  'RoleBinding',
  'NetworkPolicy',
  'Service',
  'DaemonSet',
  'Deployment',
  'StatefulSet',
  'Job',
  'CronJob',
  'HorizontalPodAutoscaler',
  'PodDisruptionBudget',
  'Ingress',
  'PodMonitor',
  'VMPodScrape',
];

/** The place of a kind in an install. */
export function kindRank(kind: string): number {
  const rank = KINDS.indexOf(kind);
  return rank < 0 ? KINDS.length : rank;
}

/** Orders objects as an install wants them: by kind, then by namespace and name. Independent of any locale. */
export function compareObjects(one: KubernetesObject, other: KubernetesObject): number {
  return (
    kindRank(one.kind) - kindRank(other.kind) ||
    compareText(one.kind, other.kind) ||
    compareText(one.metadata.namespace ?? '', other.metadata.namespace ?? '') ||
    compareText(one.metadata.name, other.metadata.name) ||
    compareText(one.apiVersion, other.apiVersion)
  );
}

export function compareText(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
