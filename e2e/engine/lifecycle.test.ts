import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { StartedEngine } from '../faults/started-engine.js';
import { Deployment, describeOn, ENVIRONMENT, type Ended, kubectl, mode, SUCCESS } from './deployment.js';

/** What only an engine can prove. */
const engineTest = mode() === 'engine' ? test : test.skip;
const STACKS = ['namespace-rbac', 'github-mcp', 'pulumi-mcp'] as const;

/** The rows of a chain command's table: stack, result, changes. After `up`, one about the servers follows. */
function table({ output }: Ended): Record<string, string> {
  const [chain = ''] = output.split('What the servers offer');
  return Object.fromEntries(
    [...chain.matchAll(/^│ ([\w-]+)\s*│ (\w[\w ]*?)\s*│ ([^│]*?)\s*│/gm)]
      .map(([, stack = '', result = '', changes = '']) => [stack, `${result}: ${changes}`] as const)
      .filter(([stack]) => stack !== 'stack'),
  );
}

interface Workload {
  readonly metadata: { readonly uid: string };
  readonly spec: {
    readonly template: { readonly metadata: { readonly annotations?: Record<string, string> } };
  };
  readonly status: { readonly readyReplicas?: number };
}

describeOn('cluster', 'the chain on a real cluster', () => {
  let deployment: Deployment;
  const workload = (name: string) => deployment.get('deployment', name) as Workload | undefined;
  beforeAll(() => {
    deployment = new Deployment('lifecycle');
  });
  afterAll(async () => {
    await deployment.destroy();
    deployment[Symbol.dispose]();
  });

  /** What tells whether an object was written to: of a Deployment, whose status is written to as well, its generation. */
  function versions(): Record<string, unknown> {
    const kinds =
      'deployments,services,configmaps,secrets,serviceaccounts,roles,rolebindings,networkpolicies';
    const { output } = deployment.kubectl('get', kinds, '--output', 'json');
    const { items } = JSON.parse(output) as {
      items: { kind: string; metadata: { name: string; generation?: number; resourceVersion: string } }[];
    };
    return Object.fromEntries(
      items.map(({ kind, metadata: { name, generation, resourceVersion } }) => [
        `${kind} ${name}`,
        generation ?? resourceVersion,
      ]),
    );
  }

  test('up makes all of it from nothing, and every server is ready', async () => {
    const up = await deployment.up();
    expect(up).toEqual(SUCCESS);
    if (mode() === 'engine') {
      expect(Object.keys(table(up))).toEqual(STACKS);
      for (const changes of Object.values(table(up))) expect(changes).toMatch(/^done: \d+ create$/);
    }
    for (const name of ['mcp-github', 'mcp-pulumi']) {
      expect(workload(name)?.status.readyReplicas).toBe(1);
    }
  });

  test('a second up writes to nothing', async () => {
    const before = versions();
    expect(Object.keys(before)).toEqual(expect.arrayContaining(['Deployment mcp-github', 'Role mcp-pulumi']));
    expect(await deployment.up()).toEqual(SUCCESS);
    expect(versions()).toEqual(before);
  });

  engineTest.each(['up', 'preview', 'drift'])('right after it, %s finds nothing to change', (verb) => {
    const ended = deployment.engine('chain', verb, ...(verb === 'up' ? ['--yes'] : []));
    expect(ended).toEqual(SUCCESS);
    for (const changes of Object.values(table(ended))) expect(changes).toMatch(/^done: \d+ same$/);
  });

  engineTest('what holds a credential for the cluster is gone when Pulumi has ended', () => {
    const { TMPDIR } = process.env;
    const folder = mkdtempSync(join(tmpdir(), 'mcp-stacks-left-'));
    try {
      process.env.TMPDIR = folder;
      expect(deployment.engine('preview', 'github-mcp')).toEqual(SUCCESS);
      expect(deployment.engine('pulumi', 'github-mcp', '--', 'preview')).toEqual(SUCCESS);
      // npm keeps there what Node compiled of it.
      expect(readdirSync(folder).filter((name) => name !== 'node-compile-cache')).toEqual([]);
    } finally {
      if (TMPDIR === undefined) delete process.env.TMPDIR;
      else process.env.TMPDIR = TMPDIR;
      rmSync(folder, { recursive: true });
    }
  });

  engineTest.each(STACKS)('%s is redeployed alone', (stack) => {
    const ended = deployment.engine('up', stack, '--yes');
    expect(ended).toEqual(SUCCESS);
    expect(ended.output).toMatch(/Resources:\n\s+\d+ unchanged/);
  });

  test('a change of the configuration changes that stack alone, and rolls its pods', async () => {
    const before = workload('mcp-pulumi');
    const github = versions()['Deployment mcp-github'];
    deployment.set('pulumi-mcp', 'pulumiMcp/kubeconfig/path', '/var/run/kube/config');
    const ended = await deployment.up();
    expect(ended).toEqual(SUCCESS);
    if (mode() === 'engine') {
      expect(table(ended)['github-mcp']).toMatch(/^done: \d+ same$/);
      expect(table(ended)['pulumi-mcp']).toMatch(/update/);
    }
    expect(versions()['Deployment mcp-github']).toBe(github);
    const after = workload('mcp-pulumi');
    expect(after?.metadata.uid).toBe(before?.metadata.uid);
    expect(after?.spec.template.metadata.annotations?.['checksum/config']).not.toBe(
      before?.spec.template.metadata.annotations?.['checksum/config'],
    );
  });

  test('a server that is switched off is gone, and comes back', async () => {
    deployment.set('github-mcp', 'githubMcp/enabled', false);
    const off = await deployment.up('github-mcp');
    expect(off.output).toContain('mcp-github is switched off');
    expect(deployment.get('deployment', 'mcp-github')).toBeUndefined();
    deployment.set('github-mcp', 'githubMcp/enabled', true);
    expect(await deployment.up('github-mcp')).toEqual(SUCCESS);
    expect(workload('mcp-github')?.status.readyReplicas).toBe(1);
  });

  engineTest('what is still being deleted is waited for, and made again', async () => {
    const before = workload('mcp-github')?.metadata.uid;
    const hold = (finalizers: readonly string[]) => {
      const patch = JSON.stringify({ metadata: { finalizers } });
      return deployment.kubectl('patch', 'deployment', 'mcp-github', '--type=merge', '--patch', patch);
    };
    expect(hold(['e2e.example.com/held'])).toEqual(SUCCESS);
    expect(deployment.kubectl('delete', 'deployment', 'mcp-github', '--wait=false')).toEqual(SUCCESS);
    const up = new StartedEngine(deployment, ['up', 'github-mcp', '--yes']);
    await up.printed(/^(Waiting|Updating) /m);
    expect(hold([])).toEqual(SUCCESS);
    const ended = await up.ended;
    expect(ended).toEqual(SUCCESS);
    expect(ended.output).toContain(
      `Waiting until these are deleted: Deployment ${deployment.namespace}/mcp-github\n`,
    );
    expect(workload('mcp-github')?.metadata.uid).not.toBe(before);
    expect(workload('mcp-github')?.status.readyReplicas).toBe(1);
  });

  test('a bad configuration deploys nothing and says what is wrong, without a stack trace', async () => {
    deployment.set('github-mcp', 'githubMcp/replcas', 2);
    const ended = await deployment.up('github-mcp');
    deployment.set('github-mcp', 'githubMcp/replcas', undefined);
    expect(ended.code).not.toBe(0);
    expect(ended.output).toContain(`Pulumi.${ENVIRONMENT}.yaml of github-mcp: 1 problem`);
    expect(ended.output).toContain('did you mean replicas?');
    expect(ended.output).not.toMatch(/\n\s+at .*:\d+:\d+/);
  });

  engineTest('a stack whose upstream was never deployed names it, and the command that mends it', () => {
    using other = new Deployment('lifecycle-other');
    const ended = other.engine('up', 'github-mcp', '--yes');
    expect(ended.code).not.toBe(0);
    expect(ended.output).toContain(`the stack organization/namespace-rbac/${ENVIRONMENT}`);
    expect(ended.output).toContain(`npx nx run namespace-rbac:up -c ${ENVIRONMENT}`);
    expect(ended.output).not.toMatch(/\n\s+at .*:\d+:\d+/);
  });

  test('destroy leaves nothing', async () => {
    const ended = await deployment.destroy();
    expect(ended).toEqual(SUCCESS);
    if (mode() === 'engine') expect(Object.keys(table(ended))).toEqual([...STACKS].reverse());
    expect(kubectl('get', 'namespaces,persistentvolumes', '--output', 'name').output).not.toContain(
      deployment.namespace,
    );
  });
});
