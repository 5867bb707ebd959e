import type { Deployment } from '../engine/deployment.js';
import { type Manifest, send } from './cluster.js';
import { until } from './eventually.js';

type Place = 'own' | 'other' | 'cluster';
type Row = readonly [
  who: 'mcp-github' | 'mcp-pulumi' | 'deployer',
  verb: string,
  /** As `kubectl` writes it: `deployments.apps`, `pods/exec`. */
  what: string,
  where: Place,
  allowed: boolean,
];

/**
 * What each identity is for. GitHub's server talks to GitHub and needs nothing of Kubernetes. Pulumi's looks at its
 * own namespace, and at no credential. The deployer makes what the stacks of the servers are made of, in this
 * namespace, and talks to their ports; it cannot give itself or others more rights, nor run anything in their pods.
 */
const MATRIX: readonly Row[] = [
  ['mcp-github', 'get', 'pods', 'own', false],
  ['mcp-github', 'list', 'secrets', 'own', false],
  ['mcp-github', 'get', 'configmaps', 'own', false],
  ['mcp-github', 'create', 'serviceaccounts/token', 'own', false],
  ['mcp-github', 'list', 'namespaces', 'cluster', false],
  ['mcp-github', 'get', 'pods', 'other', false],

  ['mcp-pulumi', 'list', 'pods', 'own', true],
  ['mcp-pulumi', 'get', 'pods/log', 'own', true],
  ['mcp-pulumi', 'watch', 'deployments.apps', 'own', true],
  ['mcp-pulumi', 'get', 'statefulsets.apps', 'own', true],
  ['mcp-pulumi', 'list', 'jobs.batch', 'own', true],
  ['mcp-pulumi', 'get', 'configmaps', 'own', true],
  ['mcp-pulumi', 'list', 'events.events.k8s.io', 'own', true],
  ['mcp-pulumi', 'list', 'networkpolicies.networking.k8s.io', 'own', true],
  ['mcp-pulumi', 'get', 'resourcequotas', 'own', true],
  ['mcp-pulumi', 'get', 'secrets', 'own', false],
  ['mcp-pulumi', 'list', 'secrets', 'own', false],
  ['mcp-pulumi', 'watch', 'secrets', 'own', false],
  ['mcp-pulumi', 'create', 'pods/exec', 'own', false],
  ['mcp-pulumi', 'create', 'pods/portforward', 'own', false],
  ['mcp-pulumi', 'patch', 'pods/ephemeralcontainers', 'own', false],
  ['mcp-pulumi', 'create', 'pods', 'own', false],
  ['mcp-pulumi', 'patch', 'deployments.apps', 'own', false],
  ['mcp-pulumi', 'delete', 'configmaps', 'own', false],
  ['mcp-pulumi', 'create', 'serviceaccounts/token', 'own', false],
  ['mcp-pulumi', 'create', 'rolebindings.rbac.authorization.k8s.io', 'own', false],
  ['mcp-pulumi', 'list', 'pods', 'other', false],
  ['mcp-pulumi', 'list', 'pods', 'cluster', false],
  ['mcp-pulumi', 'list', 'nodes', 'cluster', false],
  ['mcp-pulumi', 'get', 'persistentvolumes', 'cluster', false],

  ['deployer', 'create', 'deployments.apps', 'own', true],
  ['deployer', 'patch', 'deployments.apps', 'own', true],
  ['deployer', 'delete', 'services', 'own', true],
  ['deployer', 'update', 'configmaps', 'own', true],
  ['deployer', 'create', 'secrets', 'own', true],
  ['deployer', 'patch', 'networkpolicies.networking.k8s.io', 'own', true],
  ['deployer', 'create', 'poddisruptionbudgets.policy', 'own', true],
  ['deployer', 'create', 'podmonitors.monitoring.coreos.com', 'own', true],
  ['deployer', 'watch', 'replicasets.apps', 'own', true],
  ['deployer', 'get', 'pods/log', 'own', true],
  ['deployer', 'get', 'pods/portforward', 'own', true],
  ['deployer', 'create', 'pods/portforward', 'own', true],
  ['deployer', 'create', 'pods/portforward', 'other', false],
  ['deployer', 'create', 'pods/attach', 'own', false],
  ['deployer', 'create', 'pods/exec', 'own', false],
  ['deployer', 'create', 'pods', 'own', false],
  ['deployer', 'delete', 'pods', 'own', false],
  ['deployer', 'delete', 'persistentvolumeclaims', 'own', false],
  ['deployer', 'create', 'serviceaccounts/token', 'own', false],
  ['deployer', 'create', 'serviceaccounts', 'own', false],
  ['deployer', 'impersonate', 'serviceaccounts', 'own', false],
  ['deployer', 'patch', 'roles.rbac.authorization.k8s.io', 'own', false],
  ['deployer', 'create', 'rolebindings.rbac.authorization.k8s.io', 'own', false],
  ['deployer', 'bind', 'roles.rbac.authorization.k8s.io', 'own', false],
  ['deployer', 'update', 'resourcequotas', 'own', false],
  ['deployer', 'delete', 'limitranges', 'own', false],
  ['deployer', 'create', 'daemonsets.apps', 'own', false],
  ['deployer', 'create', 'ingresses.networking.k8s.io', 'own', false],
  ['deployer', 'create', 'deployments.apps', 'other', false],
  ['deployer', 'get', 'secrets', 'other', false],
  ['deployer', 'list', 'secrets', 'cluster', false],
  ['deployer', 'patch', 'namespaces', 'cluster', false],
  ['deployer', 'create', 'persistentvolumes', 'cluster', false],
  ['deployer', 'create', 'clusterrolebindings.rbac.authorization.k8s.io', 'cluster', false],
];

/** The question as the API server takes it, with the groups that every ServiceAccount is in. */
function review(namespace: string, [who, verb, what, where]: Row): Manifest {
  const [name = '', subresource] = what.split('/');
  const [resource, ...group] = name.split('.');
  const place = { own: { namespace }, other: { namespace: 'kube-system' }, cluster: {} }[where];
  return {
    apiVersion: 'authorization.k8s.io/v1',
    kind: 'SubjectAccessReview',
    metadata: {},
    spec: {
      user: `system:serviceaccount:${namespace}:${who}`,
      groups: ['system:serviceaccounts', `system:serviceaccounts:${namespace}`, 'system:authenticated'],
      resourceAttributes: { ...place, verb, group: group.join('.'), resource, subresource },
    },
  };
}

/** What the API server says that each identity may do. */
export function canI(deployment: () => Deployment): void {
  const answers = new Map<Row, boolean>();
  beforeAll(async () => {
    const { namespace } = deployment();
    // The API server's authorizer learns of a new Role a moment later.
    await until(() => {
      const asked = send(
        MATRIX.map((row) => review(namespace, row)),
        ...['create', '--output', 'jsonpath={.status.allowed}{"\\n"}'],
      );
      const lines = asked.output.trim().split('\n');
      if (lines.length !== MATRIX.length) throw new Error(asked.output);
      MATRIX.forEach((row, index) => answers.set(row, lines[index] === 'true'));
      return { done: MATRIX.every((row) => !row[4] || answers.get(row)) };
    });
  });

  test.each(MATRIX.map((row) => [row[0], row[4] ? 'may' : 'may not', ...row.slice(1, 4), row] as const))(
    '%s %s %s %s (%s)',
    (...columns) => {
      const row = columns.at(-1) as Row;
      expect(answers.get(row)).toBe(row[4]);
    },
  );
}
