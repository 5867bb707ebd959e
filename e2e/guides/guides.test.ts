import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { pods } from '../access/cluster.js';
import { eventually } from '../access/eventually.js';
import { Deployment, describeOn, ENVIRONMENT, kubectl, SUCCESS } from '../engine/deployment.js';
import { oneContextKubeconfig } from '../engine/one-context-kubeconfig.js';
import VERSIONS from '../images/versions.json';
import { type PlayedCommand, runCommand } from '../workflows/run-command.js';
import { root } from '../workspace/temporary-workspace.js';
import { Guide } from './guide.js';

/** Pulumi's exit code for changes that were not expected. */
const DRIFT = 7;

/** The context of the guides. In no configuration, so that each command has to name it. */
const CONTEXT = 'prod-admin';

/** What is in a guide and cannot be played on a cluster of these tests, and why. */
const NOT_PLAYED = [
  { command: 'npm run cluster', reason: 'makes a cluster with Docker; its commands are tested in e2e/chain' },
  {
    command: 'npx engine pulumi github-mcp --env prod -- stack change-secrets-provider awskms://alias/pulumi',
    reason: 'needs a key in a cloud',
  },
  { command: 'gh secret set KUBECONFIG --env prod', reason: "changes a repository's secrets on GitHub" },
  {
    command: 'gh secret set PULUMI_ACCESS_TOKEN --env prod',
    reason: "changes a repository's secrets on GitHub",
  },
  { command: 'gh run list --workflow main.yml', reason: 'reads runs on GitHub' },
  { command: 'gh run cancel <id>', reason: 'ends a run on GitHub' },
  {
    command: `jq 'select(.user.username == "system:serviceaccount:my-reforge-ai:deployer") | [.requestReceivedTimestamp, .verb, .objectRef.resource, .objectRef.name, .sourceIPs[0]]' audit.log`,
    reason: 'needs an API server with an audit log',
  },
];

describeOn('engine', 'the guides, word for word', () => {
  const ownCluster = new Guide(root, 'docs/how-to/run-on-your-own-cluster.md');
  const lookAtDrift = new Guide(root, 'docs/how-to/look-at-drift.md');
  const rotate = new Guide(root, 'docs/how-to/rotate-a-secret.md');
  const setUp = new Guide(root, 'docs/ci.md', '## Set it up');
  const leak = new Guide(root, 'docs/ci.md', '## When a token leaks');

  let deployment: Deployment;
  let kubeconfig: string;

  beforeAll(() => {
    deployment = new Deployment('guides');
    for (const stack of ['namespace-rbac', 'github-mcp', 'pulumi-mcp'])
      deployment.set(stack, 'cluster', undefined);
    kubeconfig = join(deployment.root, 'kubeconfig');
    const { output } = kubectl('config', 'view', '--raw', '--flatten', '--minify');
    const { users } = parse(output) as { users: [{ name: string; user: unknown }] };
    writeFileSync(kubeconfig, oneContextKubeconfig(output, CONTEXT, users[0]), { mode: 0o600 });
  });
  afterAll(() => {
    expect(
      deployment.engine('chain', 'destroy', '--yes', '--context', process.env.E2E_CONTEXT ?? ''),
    ).toEqual(SUCCESS);
    deployment[Symbol.dispose]();
  });

  /** The guide's names become those of this test. */
  function inThisTest(text: string): string {
    return text
      .replace(/--env (prod|dev)\b/g, `--env ${ENVIRONMENT}`)
      .replace(/my-reforge-ai|mcp-stacks-dev/g, deployment.namespace)
      .replace(/<context>|<administrator>/g, CONTEXT);
  }

  /** Runs commands of a guide one after the other in one shell, as a user who says yes where one is asked. */
  function play(
    guide: Guide,
    commands: string | readonly string[],
    { input, change = (script) => script }: { input?: string; change?: (script: string) => string } = {},
  ): PlayedCommand {
    const script = [commands]
      .flat()
      .map((command) => inThisTest(guide.take(command)))
      .map((command) =>
        /^npx engine (chain )?(up|destroy|restart) /.test(command) ? `${command} --yes` : command,
      )
      .join('\n');
    return runCommand(change(script), deployment.root, { KUBECONFIG: kubeconfig, NO_COLOR: '1' }, input);
  }

  /** The running containers: none of them was ended while these stay the same. */
  function containers(): readonly string[] {
    return pods(deployment.namespace)
      .map(({ metadata, status }) =>
        [metadata.uid, ...(status.containerStatuses ?? []).map(({ restartCount }) => restartCount)].join(' '),
      )
      .sort();
  }

  describe('Run it on your own cluster', () => {
    test('1. what is missing is a context, and nothing else', () => {
      const doctor = play(ownCluster, 'npx engine doctor --env dev');
      expect(doctor.output).toContain(`context ${CONTEXT} (https://`);
      const missing = [...doctor.output.matchAll(/^ {2}\d+\. (.*)\n +found: +(.*)$/gm)].map(
        ([, , found]) => found,
      );
      expect(new Set(missing)).toEqual(new Set(['no context named']));
    });

    test('2. and 3. the facts about the cluster', () => {
      expect(play(ownCluster, 'kubectl config get-contexts').output).toContain(` ${CONTEXT} `);
      const named = play(ownCluster, 'npx engine doctor --env dev --context <context>');
      expect(named).toEqual(SUCCESS);
      expect(named.output).toContain(`github-mcp in ${ENVIRONMENT}: acts on ${CONTEXT} (https://`);
      const { output: endpoints } = play(
        ownCluster,
        'kubectl --context <context> get endpointslices --namespace default kubernetes',
      );
      const [name = '', , port = '', address = ''] = (endpoints.split('\n')[1] ?? '').split(/\s+/);
      expect(name).toBe('kubernetes');
      const { output: nodes } = play(
        ownCluster,
        'kubectl --context <context> get nodes --label-columns kubernetes.io/hostname',
      );
      const node = process.env.E2E_NODE ?? 'testbed';
      expect(nodes).toMatch(new RegExp(`HOSTNAME\n(.*\n)*.*\\s${node}\n`));

      const facts = parse(
        ownCluster
          .block('yaml')
          .text.replace('10.0.0.1', address)
          .replace('6443', port)
          .replace('worker-1', node),
      ) as Record<string, unknown>;
      expect(Object.keys(facts)).toEqual(['namespace-rbac:apiServer', 'namespace-rbac:sharedCode']);
      for (const [key, value] of Object.entries(facts))
        deployment.set('namespace-rbac', key.replace('namespace-rbac:', ''), value);
    });

    test('4. a preview deploys nothing, and up deploys everything', () => {
      const preview = 'npx engine chain preview --env dev --stacks namespace-rbac --context <context>';
      const previewed = play(ownCluster, preview);
      expect(previewed).toEqual(SUCCESS);
      expect(previewed.output).toMatch(/namespace-rbac │ done +│ \d+ create/);
      expect(kubectl('get', 'namespace', deployment.namespace).code).not.toBe(0);
      expect(play(ownCluster, 'npx engine chain up --env dev --context <context>')).toEqual(SUCCESS);
      expect(containers()).toHaveLength(2);
    });

    test('5. the server answers on this machine, and wants a token', () => {
      const forward =
        'kubectl --context <context> --namespace mcp-stacks-dev port-forward service/mcp-github 8082';
      const answered = play(ownCluster, forward, {
        // To any free port.
        change: (script) => `${script.replace(/8082$/, ':8082')} > forwarded & forwarding=$!
          until grep -q '^Forwarding from 127' forwarded; do kill -0 $forwarding; sleep 0.1; done
          port=$(sed -n 's/^Forwarding from 127.0.0.1:\\([0-9]*\\) .*/\\1/p' forwarded)
          curl --silent --output answer --write-out '%{http_code}' --request POST http://127.0.0.1:$port/mcp
          kill $forwarding`,
      });
      expect(answered.output).toMatch(/401$/);
    });
  });

  describe('Look at drift', () => {
    const chain = 'npx engine chain drift --env prod --context <context>';
    const stack = 'npx engine drift github-mcp --env prod --context <context>';
    const found = ({ output }: Pick<PlayedCommand, 'output'>) =>
      output
        .slice(output.indexOf('Drift in '))
        .split('\n')
        .filter((line) => line !== '')
        .sort();

    test('1. what the guide shows is what it prints', () => {
      for (const args of [
        ['scale', 'deployment/mcp-github', '--replicas=2'],
        ['set', 'env', 'deployment/mcp-github', 'DEBUG=1'],
        ['delete', 'service', 'mcp-github'],
      ]) {
        expect(deployment.kubectl(...args)).toEqual(SUCCESS);
      }
      expect(deployment.kubectl('rollout', 'status', 'deployment/mcp-github')).toEqual(SUCCESS);
      const shown = found({ output: inThisTest(lookAtDrift.block('').text) });
      for (const command of [chain, stack]) {
        const drift = play(lookAtDrift, command);
        expect(found(drift)).toEqual(shown);
        expect(drift.code).toBe(DRIFT);
      }
    });

    test('2. and 3. up puts it back, and there is none any more', () => {
      const up = 'npx engine up github-mcp --env prod --context <context>';
      expect(play(lookAtDrift, up)).toEqual(SUCCESS);
      expect(deployment.get('service', 'mcp-github')).toBeDefined();
      expect(deployment.get('deployment', 'mcp-github')).toMatchObject({ spec: { replicas: 1 } });
      expect(play(lookAtDrift, stack)).toEqual(SUCCESS);
    });
  });

  describe('Rotate a secret', () => {
    const set =
      'npx engine pulumi github-mcp --env prod -- config set --secret github-mcp:githubPersonalAccessToken';
    const up = 'npx engine up github-mcp --env prod --context <context>';

    /** What the server's pods were started with; each of them, should there be two. */
    function tokens(): readonly string[] {
      expect(deployment.kubectl('rollout', 'status', 'deployment/mcp-github')).toEqual(SUCCESS);
      const read = ['--', 'sh', '-c', 'printf %s "$GITHUB_PERSONAL_ACCESS_TOKEN"'];
      return pods(deployment.namespace, 'app.kubernetes.io/name=mcp-github').map(
        ({ metadata }) => deployment.kubectl('exec', metadata.name, ...read).output,
      );
    }

    beforeAll(() => {
      // As in production: the server that has a token of its own.
      for (const [key, value] of Object.entries({
        profile: 'github-bridged',
        image: VERSIONS.githubBridged.image,
        readOnly: undefined,
        unverified: { sessions: 'in-memory', probe: 'tcp', metrics: 'none' },
      })) {
        deployment.set('github-mcp', `githubMcp/${key}`, value);
      }
    });

    test('a Pulumi secret: the pod has the new value, and what was changed by hand is put back as well', () => {
      expect(play(rotate, set, { input: 'old-value\n' })).toEqual(SUCCESS);
      // The other server has another port.
      const refused = play(rotate, up);
      expect(refused.code).not.toBe(0);
      const skipping = /^If it is meant: (.*)$/m.exec(refused.output)?.[1];
      expect(skipping).toBe(`${inThisTest(up)} -- --skip-preview`);
      expect(play(rotate, up, { change: (script) => `${script} -- --skip-preview` })).toEqual(SUCCESS);
      expect(tokens()).toEqual(['old-value']);

      expect(play(rotate, set, { input: 'new-value\n' })).toEqual(SUCCESS);
      expect(deployment.read(`github-mcp/Pulumi.${ENVIRONMENT}.yaml`)).not.toContain('secure');
      expect(deployment.kubectl('delete', 'service', 'mcp-github')).toEqual(SUCCESS);
      const deployed = play(rotate, up);
      expect(deployed).toEqual(SUCCESS);
      expect(deployed.output).not.toMatch(/(old|new)-value/);
      expect(tokens()).toEqual(['new-value']);
      expect(deployment.get('service', 'mcp-github')).toBeDefined();
    });

    test('a Secret from outside: the pod has the new value, the Secret its other keys', () => {
      const remove = ['config', 'rm', 'github-mcp:githubPersonalAccessToken'];
      expect(deployment.engine('pulumi', 'github-mcp', '--', ...remove)).toEqual(SUCCESS);
      deployment.set('github-mcp', 'githubMcp/secret', { name: 'github-mcp-credentials', key: 'github-pat' });
      const values = ['--from-literal=github-pat=outside-old', '--from-literal=other=stays'];
      expect(deployment.kubectl('create', 'secret', 'generic', 'github-mcp-credentials', ...values)).toEqual(
        SUCCESS,
      );
      expect(play(rotate, up)).toEqual(SUCCESS);
      expect(tokens()).toEqual(['outside-old']);

      const replaced = play(
        rotate,
        [
          'read -rs TOKEN',
          `printf %s "$TOKEN" | jq -Rs '{stringData: {"github-pat": .}}' | kubectl --context <context> --namespace my-reforge-ai patch secret github-mcp-credentials --patch-file /dev/stdin`,
          'unset TOKEN',
          'npx engine restart github-mcp --env prod --context <context>',
        ],
        { input: 'outside-new\n' },
      );
      expect(replaced).toEqual(SUCCESS);
      expect(replaced.output).not.toContain('outside-');
      expect(tokens()).toEqual(['outside-new']);
      expect(deployment.get('secret', 'github-mcp-credentials')).toMatchObject({
        data: { other: Buffer.from('stays').toString('base64') },
      });
    });

    test("the deployer's kubeconfig: the file that is named deploys", () => {
      const issued = play(
        rotate,
        'npx engine kubeconfig namespace-rbac --env prod --context <administrator> --duration 1h',
      );
      expect(issued).toEqual(SUCCESS);
      expect(issued.output).toMatch(/expires at \S+ \(in 60 min\)/);
      const [, file = ''] = /^Wrote (.*)$/m.exec(issued.output) ?? [];
      expect(readFileSync(file, 'utf8')).toContain(`deployer@${deployment.namespace}`);
      // What the leak's first step comes down to; it changes nothing here.
      const again = 'npx engine up namespace-rbac --env prod --context <administrator>';
      expect(play(rotate, again)).toEqual(SUCCESS);
    });
  });

  describe('When a token leaks', () => {
    let leaked: string;
    let ofGithub: string;
    let planted: string;
    let before: readonly string[];

    /** The code of an answer of the API server to a request with a token. */
    function answer(token: string): string {
      const file = join(deployment.root, 'leaked');
      const user = { name: 'leaked', user: { token } };
      writeFileSync(file, oneContextKubeconfig(readFileSync(kubeconfig, 'utf8'), 'leaked', user), {
        mode: 0o600,
      });
      const review = 'kubectl --context leaked auth whoami --v=6';
      const { output } = runCommand(`${review} 2>&1 || true`, deployment.root, { KUBECONFIG: file });
      return /(?:\/selfsubjectreviews |status=")(201|401) /.exec(output)?.[1] ?? output;
    }

    const tokenOf = (secret: string) =>
      Buffer.from(
        (deployment.get('secret', secret) as { data?: { token?: string } }).data?.token ?? '',
        'base64',
      ).toString();

    beforeAll(async () => {
      for (const command of [
        'kubectl --context prod-admin -n my-reforge-ai create role issue-deployer --verb=create --resource=serviceaccounts/token --resource-name=deployer',
        'kubectl --context prod-admin -n my-reforge-ai create serviceaccount github',
        'kubectl --context prod-admin -n my-reforge-ai create rolebinding issue-deployer --role=issue-deployer --serviceaccount=my-reforge-ai:github',
      ]) {
        expect(play(setUp, command)).toEqual(SUCCESS);
      }
      const issue = (account: string) => deployment.kubectl('create', 'token', account).output.trim();
      leaked = issue('deployer');
      ofGithub = issue('github');
      // What somebody who has the deployer's token makes to stay.
      const metadata = (name: string, account: string) => ({
        name,
        namespace: deployment.namespace,
        annotations: { 'kubernetes.io/service-account.name': account },
      });
      for (const account of ['github', 'mcp-pulumi']) {
        const secret = { apiVersion: 'v1', kind: 'Secret', type: 'kubernetes.io/service-account-token' };
        writeFileSync(
          join(deployment.root, 'planted.json'),
          JSON.stringify({ ...secret, metadata: metadata(`planted-${account}`, account) }),
        );
        const create = `kubectl --context ${CONTEXT} --as system:serviceaccount:${deployment.namespace}:deployer create --filename planted.json`;
        expect(runCommand(create, deployment.root, { KUBECONFIG: kubeconfig })).toEqual(SUCCESS);
      }
      await eventually(() => tokenOf('planted-mcp-pulumi') !== '' && tokenOf('planted-github') !== '', true);
      planted = tokenOf('planted-mcp-pulumi');
      before = containers();
    });

    test('1. every token of the account is refused with 401, a new one works, and the servers keep running', async () => {
      expect([leaked, ofGithub, planted].map(answer)).toEqual(['201', '201', '201']);
      const ofGithubForEver = tokenOf('planted-github');
      for (const command of [
        'kubectl --context prod-admin -n my-reforge-ai delete serviceaccount deployer',
        'npx engine up namespace-rbac --env prod --context prod-admin',
        'kubectl --context prod-admin -n my-reforge-ai delete serviceaccount github',
      ]) {
        expect(play(leak, command)).toEqual(SUCCESS);
      }
      await eventually(() => [leaked, ofGithub, ofGithubForEver].map(answer), ['401', '401', '401']);
      expect(answer(deployment.kubectl('create', 'token', 'deployer').output.trim())).toBe('201');
      expect(containers()).toEqual(before);
      expect(
        play(leak, 'kubectl --context prod-admin -n my-reforge-ai delete rolebinding issue-deployer'),
      ).toEqual(SUCCESS);
    });

    test('3. what was changed is named and put back, what was added is shown', async () => {
      expect(deployment.kubectl('scale', 'deployment/mcp-pulumi', '--replicas=0')).toEqual(SUCCESS);
      const drift = play(leak, 'npx engine chain drift --env prod --context prod-admin');
      expect(drift.code).toBe(DRIFT);
      expect(drift.output).toContain('spec.replicas: 1, now 0');
      expect(play(leak, 'npx engine chain up --env prod --context prod-admin')).toEqual(SUCCESS);
      expect(containers()).toHaveLength(2);

      const list =
        'kubectl --context prod-admin -n my-reforge-ai get all,secrets,configmaps,networkpolicies --no-headers --output custom-columns=CREATED:.metadata.creationTimestamp,KIND:.kind,NAME:.metadata.name,TYPE:.type | sort';
      const listed = play(leak, list);
      expect(listed).toEqual(SUCCESS);
      const times = listed.output
        .trim()
        .split('\n')
        .map((line) => line.slice(0, 20));
      expect(times).toEqual([...times].sort());
      expect(listed.output).toMatch(/ Secret +planted-mcp-pulumi +kubernetes\.io\/service-account-token$/m);
      expect(listed.output).not.toContain('planted-github');
      expect(answer(planted)).toBe('201');
      expect(deployment.kubectl('delete', 'secret', 'planted-mcp-pulumi')).toEqual(SUCCESS);
      await eventually(() => answer(planted), '401');
    });
  });

  test('at last, 6. of the first: everything is removed', () => {
    expect(play(ownCluster, 'npx engine chain destroy --env dev --context <context>')).toEqual(SUCCESS);
    expect(kubectl('get', 'namespaces,persistentvolumes', '--output', 'name').output).not.toContain(
      deployment.namespace,
    );
  });

  test('every command of the guides was played, or is known not to be', () => {
    const left = [ownCluster, lookAtDrift, rotate, leak].flatMap((guide) => guide.left);
    expect(left.sort()).toEqual(NOT_PLAYED.map(({ command }) => command).sort());
  });
});
