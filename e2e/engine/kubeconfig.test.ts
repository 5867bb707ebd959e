import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import { kubectlWith, run } from './commands.js';
import { Deployment, describeOn, type Ended, SUCCESS } from './deployment.js';

interface Kubeconfig {
  readonly users: { readonly user: { token: string } }[];
  readonly contexts: { readonly name: string; readonly context: { readonly namespace: string } }[];
  readonly clusters: { readonly cluster: Record<string, string> }[];
}

describeOn('engine', 'a kubeconfig for the deployer', () => {
  const folder = mkdtempSync(join(tmpdir(), 'kubeconfig-'));
  const file = join(folder, 'deployer.yaml');
  let deployment: Deployment;
  let context: string;
  let issued: Ended;
  const read = () => parse(readFileSync(file, 'utf8')) as Kubeconfig;

  beforeAll(() => {
    deployment = new Deployment('kubeconfig');
    context = `deployer@${deployment.namespace}`;
    expect(deployment.engine('up', 'namespace-rbac', '--yes')).toEqual(SUCCESS);
    issued = deployment.engine('kubeconfig', 'namespace-rbac', '--duration', '15m', '--output', file);
  });
  afterAll(() => {
    deployment.engine('chain', 'destroy', '--yes');
    deployment[Symbol.dispose]();
    rmSync(folder, { recursive: true });
  });

  /** Runs something with no kubeconfig but that one, as on a machine that has nothing else. */
  function alone<T>(kubeconfig: string, action: () => T): T {
    const before = process.env.KUBECONFIG;
    process.env.KUBECONFIG = kubeconfig;
    try {
      return action();
    } finally {
      process.env.KUBECONFIG = before;
    }
  }

  /** The same kubeconfig with another token. */
  function withToken(change: (token: string) => string): string {
    const kubeconfig = read();
    for (const { user } of kubeconfig.users) user.token = change(user.token);
    const changed = join(folder, 'changed.yaml');
    writeFileSync(changed, stringify(kubeconfig));
    return changed;
  }

  function claimsOf(token: string): { exp: number; iat: number; sub: string } {
    return JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as ReturnType<
      typeof claimsOf
    >;
  }

  test('is complete in itself, for its owner alone, and says when it expires', () => {
    expect(issued).toEqual(SUCCESS);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const { clusters, contexts, users } = read();
    expect(contexts.map(({ name, context: { namespace } }) => [name, namespace])).toEqual([
      [context, deployment.namespace],
    ]);
    expect(Object.keys(clusters[0]?.cluster ?? {}).sort()).toEqual(['certificate-authority-data', 'server']);
    const { exp, iat, sub } = claimsOf(users[0]?.user.token ?? '');
    expect(sub).toBe(`system:serviceaccount:${deployment.namespace}:deployer`);
    expect(exp - iat).toBe(15 * 60);
  });

  test('goes to standard output alone, if asked', () => {
    const { output } = deployment.engine('kubeconfig', 'namespace-rbac', '--output', '-');
    expect((parse(output) as Kubeconfig).contexts[0]?.name).toBe(context);
  });

  test('for another audience it is none for the API server', () => {
    const other = join(folder, 'other.yaml');
    const args = ['kubeconfig', 'namespace-rbac', '--audience', 'somebody-else', '--output', other];
    expect(deployment.engine(...args)).toEqual(SUCCESS);
    expect(alone(other, () => run('kubectl', ['get', 'services'], folder)).output).toMatch(
      /logged in|Unauthorized/,
    );
  });

  test.each([
    ['--duration', '5m', 'at least 10m'],
    ['--duration', 'soon', 'write 10m, 1h or 1h30m'],
    ['--account', 'nobody', /ServiceAccount of namespace-rbac: .*deployer/],
    ['--output', '/etc/hostname', 'a file that this command did not write'],
  ])('%s %s is refused', (option, value, message) => {
    const ended = deployment.engine('kubeconfig', 'namespace-rbac', option, value);
    expect(ended.code).toBe(1);
    expect(ended.output).toMatch(message);
  });

  // By hand, from what somebody who deploys servers does: their workloads, and nothing about who may do what.
  test.each([
    ['yes', 'create', 'deployments.apps'],
    ['yes', 'patch', 'services'],
    ['yes', 'delete', 'configmaps'],
    ['yes', 'create', 'secrets'],
    ['yes', 'create', 'networkpolicies.networking.k8s.io'],
    ['yes', 'get', 'pods/log'],
    ['no', 'create', 'pods/exec'],
    ['no', 'create', 'serviceaccounts/token'],
    ['no', 'create', 'roles.rbac.authorization.k8s.io'],
    ['no', 'create', 'rolebindings.rbac.authorization.k8s.io'],
    ['no', 'update', 'resourcequotas'],
    ['no', 'create', 'serviceaccounts'],
    ['no', 'create', 'namespaces'],
  ])('%s: %s %s', (answer, verb, resource) => {
    const asked = alone(file, () => run('kubectl', ['auth', 'can-i', verb, resource], folder));
    expect(/^(yes|no)$/m.exec(asked.output)?.[1]).toBe(answer);
  });

  test('elsewhere it may nothing', () => {
    const asked = alone(file, () =>
      run('kubectl', ['auth', 'can-i', 'get', 'pods', '-n', 'default'], folder),
    );
    expect(asked.output).toMatch(/^no$/m);
  });

  test('with it alone a server is previewed, deployed, and the second time nothing changes', () => {
    alone(file, () => {
      expect(deployment.engine('preview', 'github-mcp', '--context', context)).toEqual(SUCCESS);
      const first = deployment.engine('up', 'github-mcp', '--context', context, '--yes');
      expect(first).toEqual(SUCCESS);
      // It forwards a port to ask the server, which wants a token of its own.
      expect(first.output).toContain('asks for a bearer token');
      const second = deployment.engine('up', 'github-mcp', '--context', context, '--yes');
      expect(second.output).toMatch(/Resources:\n\s+\d+ unchanged/);
      expect(deployment.engine('restart', 'github-mcp', '--context', context, '--yes')).toEqual(SUCCESS);
    });
  });

  test('without the right to forward ports it deploys all the same, and says what it lacks', () => {
    const role = deployment.get('role', 'deployer') as { rules: { resources: string[] }[] };
    const rules = role.rules.filter(({ resources }) => !resources.includes('pods/portforward'));
    expect(kubectlWith([{ ...role, rules }], 'replace')).toEqual(SUCCESS);
    alone(file, () => {
      const up = deployment.engine('up', 'github-mcp', '--context', context, '--yes');
      expect(up).toEqual(SUCCESS);
      expect(up.output).toContain(`context ${context} may not forward it`);
    });
    expect(deployment.engine('up', 'namespace-rbac', '--yes')).toEqual(SUCCESS);
  });

  test('the namespace, its rights and its own next token are refused', () => {
    alone(file, () => {
      const up = deployment.engine('up', 'namespace-rbac', '--context', context, '--yes');
      expect(up.code).not.toBe(0);
      expect(up.output).toContain(`(context ${context}) may not do what namespace-rbac needs`);
      const next = deployment.engine('kubeconfig', 'namespace-rbac', '--context', context);
      expect(next.code).toBe(1);
      expect(next.output).toContain("take an administrator's: --context <name>");
    });
  });

  test.each([
    [
      'expired',
      (token: string) => {
        const claims = Buffer.from(JSON.stringify({ ...claimsOf(token), exp: 1_700_000_000 }));
        return token.replace(/\.[^.]+\./, `.${claims.toString('base64url')}.`);
      },
      { preview: 'expired at 2023-11-14T22:13:20.000Z', up: 'expired at 2023-11-14T22:13:20.000Z' },
    ],
    [
      'not accepted',
      (token: string) => token.replace(/[^.]+$/, 'AAAA'),
      // Pulumi finds it in a preview, and `up` before Pulumi.
      {
        preview: 'The cluster does not accept the credentials',
        up: 'credentials that the cluster does not accept',
      },
    ],
  ])('one that is %s says how to get a new one', (_, change, messages) => {
    alone(withToken(change), () => {
      for (const verb of ['preview', 'up'] as const) {
        const yes = verb === 'up' ? ['--yes'] : [];
        const { code, output } = deployment.engine(verb, 'github-mcp', '--context', context, ...yes);
        expect({ code, output }).not.toMatchObject({ code: 0 });
        expect(output).toContain(messages[verb]);
        expect(output).toMatch(
          /npx engine kubeconfig namespace-rbac --env e2e --account deployer --duration 15m/,
        );
      }
    });
  });
});
