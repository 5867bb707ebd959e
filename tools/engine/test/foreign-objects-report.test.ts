import type { ForeignObject } from '../src/takeover/find-foreign-objects.js';
import { foreignObjectsReport } from '../src/takeover/foreign-objects-report.js';

const report = (objects: readonly Omit<ForeignObject, 'stack' | 'since'>[]) =>
  foreignObjectsReport(
    objects.map((object) => ({ stack: 's', since: '2026-01-01T00:00:00Z', ...object })),
    { context: 'prod', command: 'npx engine up s --env dev' },
  ).split('\n');

const named = { name: 'mcp', namespace: 'team', managers: ['helm'] };

test('what can be replaced comes with its commands', () => {
  const lines = report([
    { ...named, apiVersion: 'apps/v1', kind: 'Deployment' },
    { ...named, apiVersion: 'v1', kind: 'Service' },
    { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRole', name: 'c', managers: [] },
  ]);
  expect(lines).toContain(
    '    kubectl --context prod delete --namespace team deployment.apps/mcp service/mcp',
  );
  expect(lines).toContain('    kubectl --context prod delete clusterrole.rbac.authorization.k8s.io/c');
  expect(lines).toContain('    npx engine up s --env dev');
  expect(lines.join()).not.toContain('pulumi');
});

test('no command deletes a namespace or a volume', () => {
  const lines = report([
    { apiVersion: 'v1', kind: 'Namespace', name: 'team', managers: ['kubectl-create'] },
    { apiVersion: 'v1', kind: 'PersistentVolumeClaim', name: 'code', namespace: 'team', managers: [] },
  ]);
  expect(lines.join()).not.toContain('kubectl --context');
  expect(lines.filter((line) => /Namespace team: .*adopt|Claim team\/code: .*data/.test(line))).toHaveLength(
    2,
  );
});

test('what another stack may own is not deleted before somebody looked there', () => {
  expect(
    report([{ ...named, apiVersion: 'v1', kind: 'Service', managers: ['pulumi-kubernetes'] }]).join(),
  ).toMatch(/another stack, or another state of this one, may own them/);
});
