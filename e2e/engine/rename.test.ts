import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Deployment, describeOn, kubectl, SUCCESS } from './deployment.js';

/** A program with one workload, whose Pulumi name changed while its objects keep theirs. */
function program(namespace: string, name: string, options: string): string {
  return `
const { K8sApp } = require('@mcp-stacks/k8s-app');
const { clusterProvider } = require('@mcp-stacks/stack');
module.exports = async () => {
  new K8sApp(
    ${JSON.stringify(name)},
    {
      namespace: ${JSON.stringify(namespace)},
      name: 'renamed',
      container: {
        image: 'ghcr.io/github/github-mcp-server:v1.4.0',
        args: ['http'],
        ports: { http: { containerPort: 8082 } },
      },
      configMaps: { 'renamed-config': { file: 'text' } },
      volumes: { config: { configMap: { name: 'renamed-config' } } },
      disruptionBudget: { maxUnavailable: 1 },
      networkPolicy: { ingress: [], egress: [] },
    },
    { provider: clusterProvider({}), ${options} },
  );
  return {};
};
`.replace(
    'ports: {',
    "volumeMounts: { '/etc/config': { volume: 'config', readOnly: true } },\n        ports: {",
  );
}

describeOn('engine', 'a rename', () => {
  let deployment: Deployment;
  beforeAll(() => {
    deployment = new Deployment('rename');
    deployment.write(
      'github-mcp/Pulumi.yaml',
      deployment.read('github-mcp/Pulumi.yaml').replace('dist/index.js', 'program.js'),
    );
    expect(deployment.engine('up', 'namespace-rbac', '--yes')).toEqual(SUCCESS);
  });
  afterAll(() => {
    deployment.engine('chain', 'destroy', '--yes');
    deployment[Symbol.dispose]();
  });

  function use(name: string, options: string): void {
    writeFileSync(
      join(deployment.root, 'stacks', 'github-mcp', 'program.js'),
      program(deployment.namespace, name, options),
    );
  }

  test('with its alias replaces nothing, and without it would', () => {
    use('before', '');
    expect(deployment.engine('up', 'github-mcp', '--yes')).toEqual(SUCCESS);
    const uid = () =>
      kubectl('get', 'deployment', 'renamed', '-n', deployment.namespace, '-o', 'jsonpath={.metadata.uid}')
        .output;
    const before = uid();
    use('after', '');
    expect(deployment.engine('preview', 'github-mcp').output).toMatch(/\d+ to delete/);
    use('after', "aliases: [{ name: 'before' }]");
    const renamed = deployment.engine('up', 'github-mcp', '--yes');
    expect(renamed).toEqual(SUCCESS);
    expect(renamed.output).toMatch(/Resources:\n\s+\d+ unchanged/);
    expect(uid()).toBe(before);
  });
});
