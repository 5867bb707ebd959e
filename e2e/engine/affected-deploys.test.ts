import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { playJob, type PlayedJob } from '../workflows/play-job.js';
import { root } from '../workspace/temporary-workspace.js';
import { run } from './commands.js';
import { Deployment, describeOn, ENVIRONMENT, kubectl, SUCCESS } from './deployment.js';
import { CONTEXT } from './mode.js';
import { oneContextKubeconfig } from './one-context-kubeconfig.js';
import { PodQuota } from './pod-quota.js';

/** The jobs of `deploy.yml`, their commands taken out of the file, for commits to a workspace of this suite. */
describeOn('engine', 'the deployment of a commit', () => {
  let deployment: Deployment;
  let administratorKubeconfig: string;
  let bootstrapKubeconfig: string;

  beforeAll(() => {
    deployment = new Deployment('affected');
    deployment.set('github-mcp', 'githubMcp/rolloutTimeoutSeconds', 40);
    writeFileSync(join(deployment.root, '.gitignore'), 'node_modules\ndist\n.nx\n.pulumi-local\n');
    git('init', '--quiet', '--initial-branch=main');
    commit('all');
    administratorKubeconfig = kubectl('config', 'view', '--raw', '--flatten', '--minify').output;
  });
  afterAll(() => {
    deployment.engine('chain', 'destroy', '--yes');
    deployment[Symbol.dispose]();
  });

  function git(...args: readonly string[]): string {
    const identity = ['-c', 'user.name=Ann', '-c', 'user.email=ann@example.com'];
    return execFileSync('git', [...identity, ...args], { cwd: deployment.root, encoding: 'utf8' });
  }

  function commit(message: string): void {
    git('add', '--all');
    git('commit', '--quiet', '--message', message);
  }

  /** A job, with nothing but what its GitHub environment would hold. */
  function play(
    job: 'affected' | 'administrator' | 'deployer',
  ): PlayedJob & { readonly ran: readonly string[] } {
    const isDeployer = job === 'deployer';
    const played = playJob({
      repository: root,
      workflow: 'deploy.yml',
      job,
      folder: deployment.root,
      // The workspace is installed and built.
      without: ['./.github/actions/setup'],
      contexts: {
        inputs: { environment: ENVIRONMENT },
        vars: {
          KUBE_CONTEXT: isDeployer ? 'bootstrap' : CONTEXT,
          DEPLOYER_CONTEXT: `deployer@${deployment.namespace}`,
        },
        secrets: { KUBECONFIG: isDeployer ? bootstrapKubeconfig : administratorKubeconfig },
      },
    });
    return { ...played, ran: [...played.output.matchAll(/^── up (\S+)$/gm)].map(([, stack = '']) => stack) };
  }

  test('the administrator first; then a kubeconfig for an hour deploys the servers', () => {
    expect(play('affected').outputs).toEqual({
      administrator: 'namespace-rbac',
      deployer: 'github-mcp,pulumi-mcp',
    });
    expect(play('administrator')).toMatchObject({ code: 0, ran: ['namespace-rbac'] });
    bootstrapKubeconfig = makeBootstrapKubeconfig();

    const deployed = play('deployer');
    expect(deployed).toEqual(SUCCESS);
    expect(deployed.ran).toEqual(['github-mcp', 'pulumi-mcp']);
    expect(deployed.output).toMatch(/token expires at \S+ \(in 60 min\)/);
    expect(deployed.output).toContain(`cluster deployer@${deployment.namespace} `);
    expect(play('affected').outputs).toEqual({ administrator: '', deployer: '' });
  });

  /** As docs/ci.md says: an account that may issue tokens for the deployer and nothing else. */
  function makeBootstrapKubeconfig(): string {
    for (const args of [
      ['create', 'serviceaccount', 'github'],
      [
        'create',
        'role',
        'issue-deployer',
        '--verb=create',
        '--resource=serviceaccounts/token',
        '--resource-name=deployer',
      ],
      [
        'create',
        'rolebinding',
        'issue-deployer',
        '--role=issue-deployer',
        `--serviceaccount=${deployment.namespace}:github`,
      ],
    ]) {
      expect(deployment.kubectl(...args)).toEqual(SUCCESS);
    }
    const token = deployment.kubectl('create', 'token', 'github', '--duration', '2h').output.trim();
    return oneContextKubeconfig(administratorKubeconfig, 'bootstrap', { name: 'github', user: { token } });
  }

  test('what the secret holds can deploy nothing by itself', () => {
    const file = join(deployment.root, '.pulumi-local/bootstrap');
    writeFileSync(file, bootstrapKubeconfig, { mode: 0o600 });
    const can = (...args: readonly string[]) =>
      run(
        'kubectl',
        [
          '--kubeconfig',
          file,
          '--context',
          'bootstrap',
          '-n',
          deployment.namespace,
          'auth',
          'can-i',
          ...args,
        ],
        root,
      ).output;
    expect(can('create', 'serviceaccounts/deployer', '--subresource=token')).toMatch(/^yes$/m);
    expect(can('create', 'serviceaccounts/mcp-pulumi', '--subresource=token')).toMatch(/^no$/m);
    expect(can('create', 'deployments.apps')).toMatch(/^no$/m);
    expect(can('get', 'secrets')).toMatch(/^no$/m);
  });

  test('a change to one stack deploys that stack alone', () => {
    deployment.set('github-mcp', 'githubMcp/resources/requests/memory', '65Mi');
    commit('feat(github-mcp): a little more memory');
    expect(play('affected').outputs).toEqual({ administrator: '', deployer: 'github-mcp' });
    const deployed = play('deployer');
    expect(deployed).toEqual(SUCCESS);
    expect(deployed.ran).toEqual(['github-mcp']);
  });

  test('a change to namespace-rbac stops before anything, and says who must run what', () => {
    deployment.set('namespace-rbac', 'quota/pods', '21');
    deployment.set('github-mcp', 'githubMcp/resources/requests/memory', '66Mi');
    commit('feat(namespace-rbac): one more pod');
    const stopped = play('deployer');
    expect(stopped.code).toBe(77);
    expect(stopped.ran).toEqual([]);
    expect(stopped.output).toMatch(
      /1\. namespace-rbac\n[^]*changed since [0-9a-f]{8}[^]*npx engine chain up --env e2e --affected --role administrator[^]*environment e2e-admin[^]*Nothing was deployed/,
    );
    expect(play('administrator')).toMatchObject({ code: 0, ran: ['namespace-rbac'] });
    expect(play('deployer')).toMatchObject({ code: 0, ran: ['github-mcp', 'pulumi-mcp'] });
  });

  test('a failed deployment is taken up by the next, whose commit is about something else', () => {
    const quota = new PodQuota(deployment, 2);
    deployment.set('github-mcp', 'githubMcp/resources/requests/memory', '67Mi');
    commit('feat(github-mcp): more memory, with no room for a second pod');
    const failed = play('deployer');
    expect(failed.ran).toEqual(['github-mcp']);
    expect([0, 77]).not.toContain(failed.code);

    quota.lift();
    // Its controller tries again at intervals that double each time.
    const rolledOut = ['deployment/mcp-github', '--for=jsonpath={.status.updatedReplicas}=1'];
    expect(deployment.kubectl('wait', ...rolledOut, '--timeout=300s')).toEqual(SUCCESS);
    deployment.set('pulumi-mcp', 'pulumiMcp/resources/requests/memory', '129Mi');
    commit('feat(pulumi-mcp): a little more memory');
    const next = play('deployer');
    expect(next).toEqual(SUCCESS);
    expect(next.output).toContain('github-mcp (deployer): has a last deployment that failed');
    expect(next.ran).toEqual(['github-mcp', 'pulumi-mcp']);
    expect(play('affected').outputs).toEqual({ administrator: '', deployer: '' });
  });

  test('while a server gives no answer, a run that has nothing to deploy fails as well', () => {
    const scale = (replicas: number) =>
      deployment.kubectl('scale', 'deployment/mcp-github', '--replicas', String(replicas));
    expect(scale(0)).toEqual(SUCCESS);
    const pods = ['pods', '--selector', 'app.kubernetes.io/name=mcp-github'];
    expect(deployment.kubectl('wait', ...pods, '--for=delete', '--timeout=60s')).toEqual(SUCCESS);
    const mute = play('deployer');
    expect(mute).toMatchObject({ code: 8, ran: [] });
    expect(mute.output).toMatch(/Nothing to up in e2e\.[^]*mcp-github[^]*no pod that is ready/);

    expect(scale(1)).toEqual(SUCCESS);
    expect(deployment.kubectl('rollout', 'status', 'deployment/mcp-github')).toEqual(SUCCESS);
    expect(play('deployer')).toMatchObject({ code: 0, ran: [] });
  });

  test('a preview of one change beside one of everything', () => {
    deployment.set('github-mcp', 'githubMcp/resources/requests/memory', '68Mi');
    commit('feat(github-mcp): memory again');
    const timed = (...args: readonly string[]) => {
      const started = performance.now();
      const previewed = deployment.engine('chain', 'preview', ...args);
      const seconds = (performance.now() - started) / 1000;
      expect(previewed).toEqual(SUCCESS);
      return {
        ran: [...previewed.output.matchAll(/^── preview (\S+)$/gm)].map(([, stack]) => stack),
        seconds,
      };
    };
    const all = timed();
    const one = timed('--base', 'HEAD~1');
    const alsoOne = timed('--affected');
    expect(all.ran).toEqual(['namespace-rbac', 'github-mcp', 'pulumi-mcp']);
    expect([one.ran, alsoOne.ran]).toEqual([['github-mcp'], ['github-mcp']]);
    const shown = [all, one, alsoOne].map(({ seconds }) => `${seconds.toFixed(1)} s`);
    console.info(
      `preview of everything ${shown[0]}, of what a commit changes ${shown[1]}, since the last deployment ${shown[2]}`,
    );
  });
});
