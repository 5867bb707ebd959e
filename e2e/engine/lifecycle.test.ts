import { Deployment, ENVIRONMENT, type Ended, kubectl, reasonToSkip, SUCCESS } from './deployment.js';

const reason = reasonToSkip();
const STACKS = ['namespace-rbac', 'github-mcp', 'pulumi-mcp'] as const;

/** The rows of the table that a chain command ends with: stack, result, changes. */
function table({ output }: Ended): Record<string, string> {
  return Object.fromEntries(
    [...output.matchAll(/^│ ([\w-]+)\s*│ (\w[\w ]*?)\s*│ ([^│]*?)\s*│/gm)]
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

(reason === undefined ? describe : describe.skip)(
  `the chain on a real engine and cluster${reason === undefined ? '' : ` (skipped: ${reason})`}`,
  () => {
    let deployment: Deployment;
    const workload = (name: string) => deployment.get('deployment', name) as Workload | undefined;
    beforeAll(() => {
      deployment = new Deployment('lifecycle');
    });
    afterAll(() => {
      deployment.engine('chain', 'destroy', '--yes');
      deployment[Symbol.dispose]();
    });

    test('up makes all of it from nothing, and every server is ready', () => {
      const up = deployment.engine('chain', 'up', '--yes');
      expect(up).toEqual(SUCCESS);
      expect(Object.keys(table(up))).toEqual(STACKS);
      for (const changes of Object.values(table(up))) expect(changes).toMatch(/^done: \d+ create$/);
      for (const name of ['mcp-github', 'mcp-pulumi']) {
        expect(workload(name)?.status.readyReplicas).toBe(1);
      }
    });

    test.each(['up', 'preview', 'drift'])('right after it, %s finds nothing to change', (verb) => {
      const ended = deployment.engine('chain', verb, ...(verb === 'up' ? ['--yes'] : []));
      expect(ended).toEqual(SUCCESS);
      for (const changes of Object.values(table(ended))) expect(changes).toMatch(/^done: \d+ same$/);
    });

    test.each(STACKS)('%s is redeployed alone', (stack) => {
      const ended = deployment.engine('up', stack, '--yes');
      expect(ended).toEqual(SUCCESS);
      expect(ended.output).toMatch(/Resources:\n\s+\d+ unchanged/);
    });

    test('a change of the configuration changes that stack alone, and rolls its pods', () => {
      const before = workload('mcp-pulumi');
      deployment.set('pulumi-mcp', 'pulumiMcp/kubeconfig/path', '/var/run/kube/config');
      const ended = deployment.engine('chain', 'up', '--yes');
      expect(ended).toEqual(SUCCESS);
      expect(table(ended)['github-mcp']).toMatch(/^done: \d+ same$/);
      expect(table(ended)['pulumi-mcp']).toMatch(/update/);
      const after = workload('mcp-pulumi');
      expect(after?.metadata.uid).toBe(before?.metadata.uid);
      expect(after?.spec.template.metadata.annotations?.['checksum/config']).not.toBe(
        before?.spec.template.metadata.annotations?.['checksum/config'],
      );
    });

    test('a server that is switched off is gone, and comes back', () => {
      deployment.set('github-mcp', 'githubMcp/enabled', false);
      const off = deployment.engine('up', 'github-mcp', '--yes');
      expect(off.output).toContain('mcp-github is switched off');
      expect(deployment.get('deployment', 'mcp-github')).toBeUndefined();
      deployment.set('github-mcp', 'githubMcp/enabled', true);
      expect(deployment.engine('up', 'github-mcp', '--yes')).toEqual(SUCCESS);
      expect(workload('mcp-github')?.status.readyReplicas).toBe(1);
    });

    test('a bad configuration deploys nothing and says what is wrong, without a stack trace', () => {
      deployment.set('github-mcp', 'githubMcp/replcas', 2);
      const ended = deployment.engine('up', 'github-mcp', '--yes');
      deployment.set('github-mcp', 'githubMcp/replcas', undefined);
      expect(ended.code).not.toBe(0);
      expect(ended.output).toContain(`Pulumi.${ENVIRONMENT}.yaml of github-mcp: 1 problem`);
      expect(ended.output).toContain('did you mean replicas?');
      expect(ended.output).not.toMatch(/\n\s+at .*:\d+:\d+/);
    });

    test('a stack whose upstream was never deployed names it, and the command that mends it', () => {
      using other = new Deployment('lifecycle-other');
      const ended = other.engine('up', 'github-mcp', '--yes');
      expect(ended.code).not.toBe(0);
      expect(ended.output).toContain(`the stack organization/namespace-rbac/${ENVIRONMENT}`);
      expect(ended.output).toContain(`npx nx run namespace-rbac:up -c ${ENVIRONMENT}`);
      expect(ended.output).not.toMatch(/\n\s+at .*:\d+:\d+/);
    });

    test('destroy leaves nothing', () => {
      const ended = deployment.engine('chain', 'destroy', '--yes');
      expect(ended).toEqual(SUCCESS);
      expect(Object.keys(table(ended))).toEqual([...STACKS].reverse());
      expect(kubectl('get', 'namespaces,persistentvolumes', '--output', 'name').output).not.toContain(
        deployment.namespace,
      );
    });
  },
);
