import { kubectlWith, run } from './commands.js';
import { Deployment, describeOn, SUCCESS } from './deployment.js';

const labels = { app: 'mcp-github' };

/** What somebody applied by hand before there were stacks: names and selector of the first deployment's manifests. */
function handMade(namespace: string): readonly object[] {
  const metadata = { name: 'mcp-github', namespace, labels };
  return [
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata,
      spec: { selector: labels, ports: [{ name: 'web', port: 8080, targetPort: 8082 }] },
    },
    {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata,
      spec: {
        selector: { matchLabels: labels },
        template: {
          metadata: { labels },
          spec: {
            securityContext: {
              runAsNonRoot: true,
              runAsUser: 65532,
              seccompProfile: { type: 'RuntimeDefault' },
            },
            containers: [
              {
                name: 'github',
                image: 'ghcr.io/github/github-mcp-server:v1.4.0',
                args: ['http'],
                securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
              },
            ],
          },
        },
      },
    },
  ];
}

describeOn('engine', 'what was deployed by hand', () => {
  let deployment: Deployment;
  let before: unknown;
  const live = () =>
    ['service', 'deployment'].map((kind) => {
      const { metadata, spec } = deployment.get(kind, 'mcp-github') as {
        metadata: { uid: string };
        spec: unknown;
      };
      return { uid: metadata.uid, spec };
    });
  beforeAll(() => {
    deployment = new Deployment('takeover');
    expect(deployment.engine('up', 'namespace-rbac', '--yes')).toEqual(SUCCESS);
    expect(kubectlWith(handMade(deployment.namespace), 'apply')).toEqual(SUCCESS);
    before = live();
  });
  afterAll(() => {
    deployment.engine('chain', 'destroy', '--yes');
    deployment[Symbol.dispose]();
  });

  test.each([
    ['preview', ['preview', 'github-mcp']],
    ['up', ['up', 'github-mcp', '--yes']],
    ['up of the chain', ['chain', 'up', '--yes']],
  ])('%s names it, who made it and what to do, and leaves it as it is', (_, args) => {
    const ended = deployment.engine(...args);
    expect(ended.code).toBe(1);
    const rows = [...ended.output.matchAll(/^│ github-mcp │ (\w+ \S+) +│ (\S+) /gm)];
    expect(rows.map(([, object, manager]) => [object, manager]).sort()).toEqual(
      ['Deployment', 'Service'].map((kind) => [
        `${kind} ${deployment.namespace}/mcp-github`,
        'kubectl-client-side-apply',
      ]),
    );
    expect(ended.output).toMatch(/npx engine (chain )?up .*--env e2e/);
    expect(live()).toEqual(before);
  });

  test('nothing of a refused stack was deployed', () => {
    expect(deployment.get('networkpolicy', 'mcp-github')).toBeUndefined();
    expect(deployment.get('deployment', 'mcp-pulumi')).toBeUndefined();
    const list = deployment.engine('pulumi', 'github-mcp', '--', 'stack', '--show-ids');
    expect(list.output).not.toContain('kubernetes:');
  });

  test('it is replaced by the commands that were printed', () => {
    const { output } = deployment.engine('up', 'github-mcp', '--yes');
    const command = /^ +(kubectl .* delete .*)$/m.exec(output)?.[1] ?? '';
    const [program = '', ...args] = command.split(' ');
    expect(run(program, args, deployment.root)).toEqual(SUCCESS);
    expect(deployment.engine('up', 'github-mcp', '--yes')).toEqual(SUCCESS);
    expect(live()).not.toEqual(before);
    const again = deployment.engine('up', 'github-mcp', '--yes');
    expect(again.output).toMatch(/Resources:\n\s+\d+ unchanged/);
  });

  test('a namespace that is there is not to be deleted, but adopted', () => {
    using other = new Deployment('takeover-other');
    other.set('namespace-rbac', 'namespace/name', deployment.namespace);
    const ended = other.engine('up', 'namespace-rbac', '--yes');
    expect(ended.code).toBe(1);
    expect(ended.output).toContain(
      `Namespace ${deployment.namespace}: deleting it would delete all that is in it`,
    );
    expect(ended.output).not.toMatch(/delete .*namespace\//);
    expect(ended.output).toContain('another stack, or another state of this one, may own them');
    const list = other.engine('pulumi', 'namespace-rbac', '--', 'stack', '--show-ids');
    expect(list.output).not.toContain('kubernetes:');
  });
});
