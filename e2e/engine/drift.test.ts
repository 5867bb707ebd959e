import { kubectlWith } from './commands.js';
import { Deployment, describeOn, type Ended, SUCCESS } from './deployment.js';
import { PodQuota } from './pod-quota.js';

/** Pulumi's exit code for changes that were not expected. */
const DRIFT = 7;

interface Workload {
  readonly spec: {
    readonly replicas: number;
    readonly template: { readonly spec: { readonly containers: { readonly env: { value: string }[] }[] } };
  };
}

describeOn('engine', 'drift', () => {
  let deployment: Deployment;
  beforeAll(() => {
    deployment = new Deployment('drift');
    deployment.set('pulumi-mcp', 'pulumiMcp/accessToken', { secret: { name: 'outside', key: 'token' } });
    expect(deployment.engine('up', 'namespace-rbac', '--yes')).toEqual(SUCCESS);
    writeOutsideSecret('first');
    expect(deployment.engine('chain', 'up', '--yes')).toEqual(SUCCESS);
  });
  afterAll(() => {
    deployment.engine('chain', 'destroy', '--yes');
    deployment[Symbol.dispose]();
  });

  function writeOutsideSecret(token: string): void {
    const metadata = { name: 'outside', namespace: deployment.namespace };
    const secret = { apiVersion: 'v1', kind: 'Secret', metadata, stringData: { token } };
    expect(kubectlWith([secret], 'apply')).toEqual(SUCCESS);
  }

  /** What drift printed after its tables: the stacks, objects and fields. */
  function found({ output }: Ended): readonly string[] {
    const lines = output.split('\n');
    return lines.slice(lines.findIndex((line) => line.startsWith('Drift in '))).filter((line) => line !== '');
  }

  function live() {
    const { spec } = deployment.get('deployment', 'mcp-github') as Workload;
    return {
      replicas: spec.replicas,
      env: spec.template.spec.containers[0]?.env,
      rules: (deployment.get('role', 'deployer') as { rules: unknown }).rules,
      label: (deployment.get('service', 'mcp-github') as { metadata: { labels: Record<string, string> } })
        .metadata.labels['app.kubernetes.io/part-of'],
      service: (deployment.get('service', 'mcp-pulumi') as { spec: { selector: unknown } } | undefined)?.spec
        .selector,
    };
  }

  test('of every kind is named exactly, and up puts it back whoever owns the field now', () => {
    const before = live();
    for (const args of [
      ['scale', 'deployment/mcp-github', '--replicas=2'],
      ['set', 'env', 'deployment/mcp-github', 'GITHUB_READ_ONLY=false', 'ADDED=1'],
      [
        'patch',
        'role',
        'deployer',
        '--type=json',
        '-p',
        '[{"op":"add","path":"/rules/0/verbs/-","value":"deletecollection"}]',
      ],
      ['label', 'service/mcp-github', '--overwrite', 'app.kubernetes.io/part-of=mine'],
      ['delete', 'service/mcp-pulumi'],
    ]) {
      expect(deployment.kubectl(...args)).toEqual(SUCCESS);
    }
    expect(deployment.kubectl('rollout', 'status', 'deployment/mcp-github')).toEqual(SUCCESS);

    const drift = deployment.engine('chain', 'drift');
    expect(drift.code).toBe(DRIFT);
    const { namespace } = deployment;
    const sorted = found(drift)
      .map((line) => line.trim())
      .sort();
    expect(sorted).toEqual(
      [
        'Drift in github-mcp:',
        'Drift in namespace-rbac:',
        'Drift in pulumi-mcp:',
        `changed: Deployment ${namespace}/mcp-github`,
        'spec.replicas: 1, now 2',
        'spec.template.spec.containers[0].env[1].value: "true", now "false"',
        `changed: Role ${namespace}/deployer`,
        'added rules[0].verbs[7]: "deletecollection" (kubectl-patch)',
        'added spec.template.spec.containers[0].env[3]: {"name":"ADDED","value":"1"} (kubectl-set)',
        `changed: Service ${namespace}/mcp-github`,
        'metadata.labels["app.kubernetes.io/part-of"]: "mcp-stacks", now "mine"',
        `gone: Service ${namespace}/mcp-pulumi`,
      ].sort(),
    );
    expect(live()).not.toEqual(before);

    expect(deployment.engine('preview', 'github-mcp').output).toMatch(/~ 2 to update/);
    expect(deployment.engine('chain', 'up', '--yes')).toEqual(SUCCESS);
    expect(live()).toEqual(before);
    expect(deployment.engine('chain', 'drift')).toEqual(SUCCESS);
  });

  test('a restart gives the pods what changed outside, and is no drift', () => {
    const token = () =>
      deployment
        .kubectl(
          'exec',
          'deployment/mcp-pulumi',
          '-c',
          'mcp-pulumi',
          '--',
          'node',
          '-p',
          'process.env.PULUMI_ACCESS_TOKEN',
        )
        .output.trim();
    writeOutsideSecret('second');
    expect(token()).toBe('first');
    expect(deployment.engine('drift', 'pulumi-mcp')).toEqual(SUCCESS);
    const restarted = deployment.engine('restart', 'pulumi-mcp');
    expect(restarted).toEqual(SUCCESS);
    expect(restarted.output).toContain(`rolled out: Deployment ${deployment.namespace}/mcp-pulumi`);
    expect(token()).toBe('second');
    expect(deployment.engine('drift', 'pulumi-mcp')).toEqual(SUCCESS);
    expect(deployment.engine('up', 'pulumi-mcp', '--yes').output).toMatch(/Resources:\n\s+\d+ unchanged/);
  });

  test('a restart whose new pods do not become ready says so, and the old ones go on', () => {
    deployment.set('github-mcp', 'githubMcp/rolloutTimeoutSeconds', 10);
    expect(deployment.engine('up', 'github-mcp', '--yes')).toEqual(SUCCESS);
    const quota = new PodQuota(deployment, 2);
    const restarted = deployment.engine('restart', 'github-mcp');
    expect(restarted.code).toBe(1);
    expect(restarted.output).toMatch(
      /Deployment \S+\/mcp-github[^]*has timed out progressing[^]*rollout undo deployment/,
    );
    expect(
      (deployment.get('deployment', 'mcp-github') as { status: { availableReplicas?: number } }).status
        .availableReplicas,
    ).toBe(1);
    quota.lift();
    deployment.set('github-mcp', 'githubMcp/rolloutTimeoutSeconds', 60);
    expect(deployment.engine('up', 'github-mcp', '--yes')).toEqual(SUCCESS);
    expect(deployment.engine('restart', 'github-mcp')).toEqual(SUCCESS);
  });

  test('raises no alarm about what the cluster owns, in 20 runs with life in between', () => {
    const life = [
      ['delete', 'pod', '--wait=false', '--selector', 'app.kubernetes.io/name=mcp-github'],
      ['rollout', 'restart', 'deployment/mcp-pulumi'],
      ['annotate', 'service/mcp-github', '--overwrite', 'example.com/seen=yes'],
      ['label', 'namespace', deployment.namespace, '--overwrite', 'example.com/team=mine'],
    ];
    for (let count = 0; count < 20; count++) {
      expect(deployment.kubectl(...(life[count % life.length] ?? []))).toEqual(SUCCESS);
      expect(deployment.engine('chain', 'drift')).toEqual(SUCCESS);
    }
  });
});
