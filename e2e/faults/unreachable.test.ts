import { readKubeconfig } from '@mcp-stacks/kube-context';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Deployment, describeOn, kubectl, SUCCESS } from '../engine/deployment.js';
import { CONTEXT } from '../engine/mode.js';
import { inCluster, inState, locks } from './leftovers.js';
import { StartedEngine } from './started-engine.js';
import { TcpProxy } from './tcp-proxy.js';

/** The context alone, its API server reached at another address. */
function kubeconfigThrough(address: string): string {
  const { output } = kubectl('config', 'view', '--minify', '--flatten', '--output', 'json');
  const config = JSON.parse(output) as { clusters: { cluster: Record<string, unknown> }[] };
  for (const { cluster } of config.clusters) {
    // A name that every API server's certificate has.
    Object.assign(cluster, { server: `https://${address}`, 'tls-server-name': 'kubernetes' });
  }
  return JSON.stringify(config);
}

describeOn('engine', 'an API server that cannot be reached', () => {
  let deployment: Deployment;
  let proxy: TcpProxy;
  let kubeconfig: string;
  const start = (...args: readonly string[]) =>
    new StartedEngine(deployment, args, { KUBECONFIG: kubeconfig });

  beforeAll(async () => {
    deployment = new Deployment('faults-network');
    kubeconfig = join(deployment.root, 'kubeconfig');
    const { output } = kubectl(
      'config',
      'view',
      '--minify',
      '--output',
      'jsonpath={.clusters[0].cluster.server}',
    );
    const { hostname, port } = new URL(output);
    proxy = new TcpProxy({ host: hostname, port: Number(port || 443) });
    await proxy.open();
    writeFileSync(kubeconfig, kubeconfigThrough(proxy.address), { mode: 0o600 });
    expect(readKubeconfig([kubeconfig]).contexts.map(({ name }) => name)).toEqual([CONTEXT]);
    deployment.set('github-mcp', 'githubMcp/rolloutTimeoutSeconds', 30);
    expect(await start('up', 'namespace-rbac', '--yes').ended).toEqual(SUCCESS);
  });
  afterAll(async () => {
    await start('chain', 'destroy', '--yes').ended;
    proxy.cut();
    deployment[Symbol.dispose]();
  });

  /** What every message says. */
  function expectExplained({ code, output }: { code: number | null; output: string }): void {
    expect({ code, output }).not.toMatchObject({ code: 0 });
    const server = `${CONTEXT ?? ''} (https://${proxy.address})`;
    expect(output).toMatch(
      new RegExp(`(The API server of context|cluster) ${server.replaceAll(/[().]/g, '\\$&')}`),
    );
    expect(output).toMatch(/does not answer|found: {4}no answer: /);
    expect(output).toMatch(new RegExp(`kubectl --context ${CONTEXT ?? ''} get --raw /readyz`));
    expect(output).toMatch(
      /run again: +npx engine up github-mcp --env e2e\n|then run the same command again\n/,
    );
    expect(output).not.toMatch(/\n\s+at .*:\d+:\d+/);
  }

  test.each([
    ['from the start', undefined],
    ['as soon as the program runs', /Updating \(/],
    ['while it makes objects', /(Service|NetworkPolicy) \S+ (creating|updating)/],
    ['while it waits for the pods', /Waiting for app ReplicaSet/],
  ])('%s: up says so, and once it is back the next one converges', async (name, moment) => {
    deployment.set('github-mcp', 'githubMcp/podAnnotations', { name });
    if (moment === undefined) proxy.cut();
    const up = start('up', 'github-mcp', '--yes');
    if (moment !== undefined) {
      await up.printed(moment);
      proxy.cut();
    }
    const ended = await up.ended;
    await proxy.open();
    expectExplained(ended);
    expect(locks(deployment, 'github-mcp')).toEqual([]);

    expect(await start('up', 'github-mcp', '--yes').ended).toEqual(SUCCESS);
    expect(deployment.get('deployment', 'mcp-github')).toMatchObject({
      spec: { template: { metadata: { annotations: { name } } } },
      status: { readyReplicas: 1, updatedReplicas: 1 },
    });
    expect(inCluster(deployment)).toEqual(
      ['namespace-rbac', 'github-mcp'].flatMap((stack) => inState(deployment, stack)).sort(),
    );
    // The next one makes everything anew.
    expect(await start('destroy', 'github-mcp', '--yes').ended).toEqual(SUCCESS);
  });

  test('in the middle of a destroy: it says so, and once it is back the next one converges', async () => {
    expect(await start('up', 'github-mcp', '--yes').ended).toEqual(SUCCESS);
    const destroy = start('destroy', 'github-mcp', '--yes');
    await destroy.printed(/deleting/);
    proxy.cut();
    const { code, output } = await destroy.ended;
    await proxy.open();
    expect({ code, output }).not.toMatchObject({ code: 0 });
    expect(output).toContain('does not answer');
    expect(await start('destroy', 'github-mcp', '--yes').ended).toEqual(SUCCESS);
    expect(inCluster(deployment)).toEqual(inState(deployment, 'namespace-rbac'));
  });
});
