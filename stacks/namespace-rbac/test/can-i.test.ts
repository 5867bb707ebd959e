import type { Recording } from '@mcp-stacks/recorder';
import { resource, run } from './support/run.js';

interface Rule {
  apiGroups: string[];
  resources: string[];
  resourceNames?: string[];
  verbs: string[];
}

/** As the API server's RBAC authorizer decides: every part of the request must be in one rule. */
function can(
  recording: Recording,
  role: string,
  verb: string,
  group: string,
  what: string,
  name?: string,
): boolean {
  const rules = resource(recording, 'Role', role).inputs.rules as Rule[];
  return rules.some(
    (rule) =>
      [rule.verbs.includes(verb), rule.apiGroups.includes(group), rule.resources.includes(what)].every(
        Boolean,
      ) &&
      (rule.resourceNames === undefined || (name !== undefined && rule.resourceNames.includes(name))),
  );
}

let recording: Recording;
beforeAll(async () => {
  recording = await run();
});

const RBAC = 'rbac.authorization.k8s.io';

test.each([
  ['server-mcp-pulumi', 'list', '', 'pods', true],
  ['server-mcp-pulumi', 'get', '', 'pods/log', true],
  ['server-mcp-pulumi', 'get', '', 'configmaps', true],
  ['server-mcp-pulumi', 'watch', '', 'events', true],
  ['server-mcp-pulumi', 'get', 'apps', 'statefulsets', true],
  ['server-mcp-pulumi', 'list', 'batch', 'cronjobs', true],
  ['server-mcp-pulumi', 'list', 'networking.k8s.io', 'ingresses', true],
  ['server-mcp-pulumi', 'list', 'autoscaling', 'horizontalpodautoscalers', true],
  ['server-mcp-pulumi', 'list', 'policy', 'poddisruptionbudgets', true],
  ['server-mcp-pulumi', 'get', '', 'secrets', false],
  ['server-mcp-pulumi', 'list', '', 'secrets', false],
  ['server-mcp-pulumi', 'create', '', 'pods/exec', false],
  ['server-mcp-pulumi', 'create', '', 'pods/portforward', false],
  ['server-mcp-pulumi', 'create', '', 'pods', false],
  ['server-mcp-pulumi', 'patch', 'apps', 'deployments', false],
  ['server-mcp-pulumi', 'delete', '', 'configmaps', false],
  ['server-mcp-pulumi', 'create', '', 'serviceaccounts/token', false],
  ['server-mcp-pulumi', 'list', RBAC, 'roles', false],
  ['deployer', 'create', 'apps', 'deployments', true],
  ['deployer', 'patch', '', 'services', true],
  ['deployer', 'delete', '', 'secrets', true],
  ['deployer', 'update', 'networking.k8s.io', 'networkpolicies', true],
  ['deployer', 'create', 'policy', 'poddisruptionbudgets', true],
  ['deployer', 'create', 'autoscaling', 'horizontalpodautoscalers', true],
  ['deployer', 'create', 'monitoring.coreos.com', 'podmonitors', true],
  ['deployer', 'create', 'operator.victoriametrics.com', 'vmpodscrapes', true],
  ['deployer', 'watch', 'apps', 'replicasets', true],
  ['deployer', 'watch', '', 'pods', true],
  ['deployer', 'watch', '', 'events', true],
  ['deployer', 'watch', '', 'endpoints', true],
  ['deployer', 'watch', '', 'persistentvolumeclaims', true],
  ['deployer', 'get', '', 'serviceaccounts', true],
  ['deployer', 'create', '', 'pods/portforward', true],
  ['deployer', 'get', '', 'pods/portforward', true],
  ['deployer', 'create', RBAC, 'roles', false],
  ['deployer', 'patch', RBAC, 'rolebindings', false],
  ['deployer', 'patch', '', 'namespaces', false],
  ['deployer', 'patch', '', 'resourcequotas', false],
  ['deployer', 'create', '', 'pods/exec', false],
  ['deployer', 'create', '', 'pods', false],
  ['deployer', 'create', '', 'serviceaccounts/token', false],
  ['deployer', 'create', '', 'serviceaccounts', false],
  ['deployer', 'delete', '', 'persistentvolumeclaims', false],
  ['deployer', 'deletecollection', '', 'secrets', false],
])('%s may %s %s/%s: %s', (role, verb, group, what, allowed) => {
  expect(can(recording, role, verb, group, what)).toBe(allowed);
});

test('a server without kubernetesAccess has no Role', () => {
  const roles = recording.resources
    .filter(({ type }) => /:Role(Binding)?$/.test(type))
    .map(({ name }) => name);
  expect(roles).not.toContain('server-mcp-github');
});

test('rules of the configuration replace the default ones', async () => {
  const own = await run({
    servers: {
      s: {
        kubernetesAccess: {
          rules: [
            {
              apiGroups: [''],
              resources: ['configmaps'],
              resourceNames: ['settings'],
              verbs: ['get', 'patch'],
            },
          ],
        },
      },
    },
  });
  expect(can(own, 'server-s', 'patch', '', 'configmaps', 'settings')).toBe(true);
  expect(can(own, 'server-s', 'patch', '', 'configmaps', 'other')).toBe(false);
  expect(can(own, 'server-s', 'list', '', 'pods')).toBe(false);
});

test('no account gets its token mounted unasked', () => {
  const accounts = recording.resources.filter(({ type }) => type.endsWith(':ServiceAccount'));
  expect(accounts).toHaveLength(3);
  for (const { inputs } of accounts) expect(inputs.automountServiceAccountToken).toBe(false);
});
