import { Role, RoleBinding } from '@pulumi/kubernetes/rbac/v1';
import { OWNED_LABELS, type Placement } from '../placement.js';
import type { Grant } from './risks.js';

/** What a Role says: a `Grant`, on all objects or on those named. */
export interface RoleRule extends Grant {
  readonly resourceNames?: readonly string[];
}

/**
 * A Role and its binding to one ServiceAccount of the namespace.
 *
 * @param logicalName Of both in Pulumi; their types tell them apart.
 * @param name Of both in Kubernetes.
 */
export function roleFor(
  { namespace, options }: Placement,
  logicalName: string,
  args: { name: string; serviceAccount: string; rules: readonly RoleRule[] },
): void {
  const metadata = { name: args.name, namespace, labels: OWNED_LABELS };
  new Role(
    logicalName,
    {
      metadata,
      rules: args.rules.map(({ apiGroups, resources, resourceNames, verbs }) => ({
        apiGroups: [...apiGroups],
        resources: [...resources],
        ...(resourceNames !== undefined && { resourceNames: [...resourceNames] }),
        verbs: [...verbs],
      })),
    },
    options,
  );
  new RoleBinding(
    logicalName,
    {
      metadata,
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: args.name },
      subjects: [{ kind: 'ServiceAccount', name: args.serviceAccount, namespace }],
    },
    options,
  );
}
