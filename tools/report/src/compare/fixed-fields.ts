import { type KubernetesObject } from '@mcp-stacks/render';

/**
 * The fields for which Pulumi's provider (4.33, `provider/pkg/provider/diff.go`) deletes an object and makes it again,
 * by API group and kind. The provider of these stacks changes ConfigMaps and Secrets in place (`clusterProvider`).
 */
const FIXED: Readonly<Record<string, readonly string[]>> = {
  'apps/Deployment': ['spec.selector'],
  'apps/DaemonSet': ['spec.selector'],
  'apps/StatefulSet': [
    'spec.podManagementPolicy',
    'spec.revisionHistoryLimit',
    'spec.selector',
    'spec.serviceName',
    'spec.volumeClaimTemplates',
  ],
  'batch/Job': ['spec.completions', 'spec.parallelism', 'spec.selector', 'spec.template'],
  'rbac.authorization.k8s.io/ClusterRoleBinding': ['roleRef'],
  'rbac.authorization.k8s.io/RoleBinding': ['roleRef'],
  'storage.k8s.io/StorageClass': ['parameters', 'provisioner'],
  '/PersistentVolumeClaim': ['spec.accessModes', 'spec.selector', 'spec.storageClassName', 'spec.volumeName'],
  '/PersistentVolume': ['spec.csi', 'spec.hostPath', 'spec.local', 'spec.nfs', 'spec.iscsi', 'spec.fc'],
  '/Pod': ['spec'],
  '/ResourceQuota': ['spec.scopes'],
  '/Secret': ['type'],
  '/Service': ['spec.clusterIP'],
};

/** What cannot change any more in a ConfigMap or Secret that says `immutable`. */
const IMMUTABLE = ['data', 'binaryData', 'stringData', 'immutable'];

/** The paths of an object's fields that cannot be changed in place. */
export function fixedFields({ apiVersion, kind, ...fields }: KubernetesObject): readonly string[] {
  const group = apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : '';
  return [...(FIXED[`${group}/${kind}`] ?? []), ...(fields.immutable === true ? IMMUTABLE : [])];
}
