import type { RoleRule } from './role-for.js';

const READ = ['get', 'list', 'watch'];
const MANAGE = [...READ, 'create', 'update', 'patch', 'delete'];

/**
 * What the stacks of the servers need, and no more: no Roles, no namespace, no quota, no exec, no tokens.
 *
 * Whoever may write Deployments and Secrets can still make a pod that runs as any ServiceAccount of this namespace:
 * the namespace is the line that holds, so nothing else belongs into it.
 */
export const DEPLOYER_RULES: readonly RoleRule[] = [
  { apiGroups: [''], resources: ['services', 'configmaps', 'secrets'], verbs: MANAGE },
  { apiGroups: ['apps'], resources: ['deployments'], verbs: MANAGE },
  { apiGroups: ['networking.k8s.io'], resources: ['networkpolicies'], verbs: MANAGE },
  { apiGroups: ['policy'], resources: ['poddisruptionbudgets'], verbs: MANAGE },
  { apiGroups: ['autoscaling'], resources: ['horizontalpodautoscalers'], verbs: MANAGE },
  { apiGroups: ['monitoring.coreos.com'], resources: ['podmonitors'], verbs: MANAGE },
  { apiGroups: ['operator.victoriametrics.com'], resources: ['vmpodscrapes'], verbs: MANAGE },
  // What the provider watches while it waits. Source: pulumi-kubernetes v4.33.0, provider/pkg/await: deployment.go
  // (ReplicaSets, Pods, claims), service.go (Endpoints), watchers.go (Events).
  { apiGroups: ['apps'], resources: ['replicasets'], verbs: READ },
  {
    apiGroups: [''],
    resources: ['pods', 'persistentvolumeclaims', 'endpoints', 'events'],
    verbs: READ,
  },
  // What a person looks at when a rollout fails.
  { apiGroups: [''], resources: ['pods/log'], verbs: ['get'] },
  { apiGroups: ['discovery.k8s.io'], resources: ['endpointslices'], verbs: READ },
  { apiGroups: ['events.k8s.io'], resources: ['events'], verbs: READ },
  { apiGroups: [''], resources: ['serviceaccounts'], verbs: ['get'] },
];
