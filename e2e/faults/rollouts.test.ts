import { CONTEXT } from '../engine/mode.js';
import { Deployment, describeOn, ENVIRONMENT, kubectl, SUCCESS } from '../engine/deployment.js';
import { inCluster, inState, leftBehind, locks, pendingOperations } from './leftovers.js';
import { StartedEngine } from './started-engine.js';

const KEYS = { 'github-mcp': 'githubMcp', 'pulumi-mcp': 'pulumiMcp' } as const;
const STACKS = ['namespace-rbac', 'github-mcp', 'pulumi-mcp'] as const;

/** What is wrong with one server, what the failed `up` says of it, and what mends it. */
interface Fault {
  readonly name: string;
  readonly stack: keyof typeof KEYS;
  readonly make: () => void;
  /** What is wrong, and what to do about it. */
  readonly says: readonly string[];
  readonly mend: () => void;
}

describeOn('engine', 'a rollout that cannot succeed', () => {
  const NAMESPACE = 'mcp-e2e-faults';
  let deployment: Deployment;
  beforeAll(() => {
    deployment = new Deployment('faults');
    expect(deployment.namespace).toBe(NAMESPACE);
    expect(deployment.engine('up', 'namespace-rbac', '--yes')).toEqual(SUCCESS);
  });
  afterAll(() => {
    deployment.engine('chain', 'destroy', '--yes');
    deployment[Symbol.dispose]();
  });

  function set(stack: Fault['stack'], key: string, value: unknown): void {
    deployment.set(stack, `${KEYS[stack]}/${key}`, value);
  }

  /** A key of the server's configuration, and what it is when it is right. */
  function configured(
    stack: Fault['stack'],
    key: string,
    { wrong, right }: { readonly wrong: unknown; readonly right?: unknown },
  ): Pick<Fault, 'stack' | 'make' | 'mend'> {
    return {
      stack,
      make: () => {
        set(stack, key, wrong);
      },
      mend: () => {
        set(stack, key, right);
      },
    };
  }

  function deleteObject(kind: string, name: string): void {
    expect(kubectl('delete', kind, name, '--namespace', NAMESPACE)).toEqual(SUCCESS);
  }

  /** The upstream stack makes again what is missing. */
  function restore(): void {
    expect(deployment.engine('up', 'namespace-rbac', '--yes')).toEqual(SUCCESS);
  }

  const freeing = `patch pv ${NAMESPACE}-shared-code --type json -p '[{"op":"remove","path":"/spec/claimRef/uid"}]'`;

  /** In each round both servers have a fault, and are deployed at the same time. */
  const rounds: readonly (readonly [Fault, Fault])[] = [
    [
      {
        name: 'an image that does not exist',
        ...configured('github-mcp', 'image', {
          wrong: 'ghcr.io/github/github-mcp-server:v9.9.9',
          right: 'ghcr.io/github/github-mcp-server:v1.4.0',
        }),
        says: [
          'container mcp-github of mcp-github',
          'image ghcr.io/github/github-mcp-server:v9.9.9 cannot be pulled',
          `correct image in Pulumi.${ENVIRONMENT}.yaml of github-mcp, or push it to its registry`,
        ],
      },
      {
        name: 'a claim that was deleted',
        stack: 'pulumi-mcp',
        make: () => {
          deleteObject('persistentvolumeclaim', 'shared-code');
        },
        says: [
          `PersistentVolumeClaim ${NAMESPACE}/shared-code, which pods of mcp-pulumi mount`,
          `found:    nothing; volume ${NAMESPACE}-shared-code is kept for the claim that was deleted`,
          `kubectl --context ${CONTEXT ?? ''} ${freeing}`,
          `npx engine up namespace-rbac --env ${ENVIRONMENT}`,
        ],
        mend: () => {
          expect(kubectl(...freeing.replaceAll("'", '').split(' '))).toEqual(SUCCESS);
          restore();
        },
      },
    ],
    [
      {
        name: 'a quota that is exceeded',
        ...configured('github-mcp', 'resources/requests/cpu', { wrong: '1900m', right: '50m' }),
        // Below its limit, or the API server refuses the Deployment's pods for another reason.
        make: () => {
          set('github-mcp', 'resources/limits/cpu', '2');
          set('github-mcp', 'resources/requests/cpu', '1900m');
        },
        says: [
          `ResourceQuota ${NAMESPACE}/`,
          'a pod more needs requests.cpu=1900m; in use: requests.cpu=',
          `ask for less in Pulumi.${ENVIRONMENT}.yaml of github-mcp (resources, replicas), or raise the quota`,
        ],
      },
      {
        name: 'a program that ends by itself',
        ...configured('pulumi-mcp', 'command', { wrong: ['node', '-e', 'process.exit(3)', '--'] }),
        says: [
          'container mcp-pulumi of mcp-pulumi',
          'its program ends by itself (exit code 3)',
          `why it ended: kubectl --context ${CONTEXT ?? ''} -n ${NAMESPACE} logs mcp-pulumi-`,
          ' -c mcp-pulumi --previous',
        ],
      },
    ],
    [
      {
        name: 'a ServiceAccount that was deleted',
        stack: 'github-mcp',
        make: () => {
          deleteObject('serviceaccount', 'mcp-github');
          set('github-mcp', 'podAnnotations', { rolls: 'the pods' });
        },
        says: [
          `ServiceAccount ${NAMESPACE}/mcp-github, which pods of mcp-github run as`,
          'found:    nothing',
          `make it again: npx engine up namespace-rbac --env ${ENVIRONMENT}`,
        ],
        mend: restore,
      },
      {
        name: 'a server that does not listen',
        ...configured('pulumi-mcp', 'command', {
          wrong: ['node', '-e', 'setInterval(() => {}, 1000)', '--'],
        }),
        says: [
          'container mcp-pulumi of mcp-pulumi',
          'it runs, but Startup probe failed: dial tcp',
          `correct port and path in Pulumi.${ENVIRONMENT}.yaml of pulumi-mcp if it listens elsewhere`,
          ' -c mcp-pulumi',
        ],
      },
    ],
    [
      {
        name: 'a container above the limit range',
        ...configured('github-mcp', 'resources/limits/cpu', { wrong: '1000', right: '500m' }),
        says: [
          `pods of mcp-github, refused by namespace ${NAMESPACE}`,
          'maximum cpu usage per Container is 2, but limit is 1k',
          `in Pulumi.${ENVIRONMENT}.yaml of github-mcp or in the namespace`,
        ],
      },
      {
        name: 'a Secret that does not exist',
        ...configured('pulumi-mcp', 'accessToken', { wrong: { secret: { name: 'nobodys', key: 'token' } } }),
        says: [
          `Secret ${NAMESPACE}/nobodys, which container mcp-pulumi of mcp-pulumi reads`,
          'found:    nothing',
          `kubectl --context ${CONTEXT ?? ''} -n ${NAMESPACE} create secret generic nobodys --from-file=<key>=<file>`,
        ],
      },
    ],
  ];

  test.each(rounds.map((faults) => [faults.map(({ name }) => name).join('; '), faults] as const))(
    '%s: the failed up says what is wrong and what to do; once mended, the next one converges',
    async (_, faults) => {
      const up = async () =>
        await Promise.all(
          faults.map(({ stack }) => new StartedEngine(deployment, ['up', stack, '--yes']).ended),
        );
      for (const { stack, make } of faults) {
        set(stack, 'rolloutTimeoutSeconds', 20);
        make();
      }
      const failed = await up();
      for (const [index, { stack, says }] of faults.entries()) {
        const { code, output } = failed[index] ?? { code: 0, output: '' };
        expect({ stack, code, output }).not.toMatchObject({ code: 0 });
        const diagnosis = output.slice(output.indexOf(`What the cluster says of ${stack}: 1 problem\n`));
        for (const text of says) expect(diagnosis).toContain(text);
        expect(output).not.toMatch(/\n\s+at .*:\d+:\d+/);
      }
      for (const { stack, mend } of faults) {
        set(stack, 'rolloutTimeoutSeconds', 60);
        mend();
      }
      expect(await up()).toEqual([SUCCESS, SUCCESS]);
    },
  );

  test('nothing is left of them: the cluster has what the states know, and no more', () => {
    expect(inCluster(deployment)).toEqual(STACKS.flatMap((stack) => inState(deployment, stack)).sort());
    for (const stack of STACKS) {
      expect({
        stack,
        locks: locks(deployment, stack),
        pending: pendingOperations(deployment, stack),
      }).toEqual({
        stack,
        locks: [],
        pending: 0,
      });
    }
    expect(deployment.engine('chain', 'destroy', '--yes')).toEqual(SUCCESS);
    expect(leftBehind(deployment)).toEqual([]);
  });
});
