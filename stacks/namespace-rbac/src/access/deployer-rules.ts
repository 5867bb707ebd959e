import type { RoleRule } from './role-for.js';

const READ = ['get', 'list', 'watch'];
const MANAGE = [...READ, 'create', 'update', 'patch', 'delete'];

/**
 * What the stacks of the servers need, and no more: no Roles, no namespace, no quota, no exec, no tokens.
 *
 * Whoever may write Deployments and Secrets can still make a pod that runs as any ServiceAccount of this namespace, or a
 * Secret with a token of it: the namespace is the line that holds, so nothing else belongs into it. For the same reason
 * forwarding ports gives away nothing that such a pod could not reach; it passes network policies by, and a server that
 * asks nobody who they are answers.
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
  // How the health check asks a server what it offers. A WebSocket is a GET, and since Kubernetes 1.35 it takes `create`
  // as well, as the other ways of forwarding always did (`AuthorizePodWebsocketUpgradeCreatePermission`).
  { apiGroups: [''], resources: ['pods/portforward'], verbs: ['get', 'create'] },
  { apiGroups: ['discovery.k8s.io'], resources: ['endpointslices'], verbs: READ },
  { apiGroups: ['events.k8s.io'], resources: ['events'], verbs: READ },
  { apiGroups: [''], resources: ['serviceaccounts'], verbs: ['get'] },
];
