import { ask, serverPod } from '../access/cluster.js';
import { eventually } from '../access/eventually.js';
import { Deployment, describeOn, type Ended, SUCCESS } from '../engine/deployment.js';
import { addKubernetesStack, KUBERNETES_SERVER, KUBERNETES_STACK } from '../servers/add-kubernetes-stack.js';
import { PodMonitorDefinition } from './pod-monitor-definition.js';
import { Prometheus } from './prometheus.js';
import { type PodMonitor, scrapeConfigs } from './scrape-config.js';

const SERVERS = [
  ['github-mcp', 'githubMcp'],
  ['pulumi-mcp', 'pulumiMcp'],
  [KUBERNETES_STACK, 'server'],
] as const;

describeOn('cluster', 'scrapes by a real Prometheus', () => {
  let definition: PodMonitorDefinition;
  let deployment: Deployment;
  let prometheus: Prometheus;
  let up: Ended;

  beforeAll(async () => {
    definition = new PodMonitorDefinition();
    deployment = new Deployment('scrapes');
    const monitoring = `${deployment.namespace}-monitoring`;
    prometheus = new Prometheus(monitoring, deployment.namespace);
    addKubernetesStack(deployment);
    deployment.set(KUBERNETES_STACK, 'clients', [{ namespace: deployment.namespace }]);
    for (const [stack, key] of SERVERS) {
      deployment.set(stack, `${key}/monitoring`, { enabled: true, scrapeInterval: '2s' });
      deployment.set(stack, 'defaults', { scrapers: [{ namespace: monitoring }] });
    }
    up = await deployment.up();
    expect(up).toEqual(SUCCESS);
    prometheus.start(podMonitors().flatMap(scrapeConfigs));
  });
  afterAll(async () => {
    prometheus[Symbol.dispose]();
    await deployment.destroy();
    deployment[Symbol.dispose]();
    definition[Symbol.dispose]();
  });

  function podMonitors(): readonly PodMonitor[] {
    const { items } = JSON.parse(
      ask('get', 'podmonitors', '--namespace', deployment.namespace, '--output', 'json'),
    ) as { readonly items: readonly PodMonitor[] };
    return items;
  }

  const targets = () => prometheus.query('up').map(({ labels, value }) => [labels.job, value]);

  test('scrapes the server that has metrics, under its name', async () => {
    await eventually(targets, [[KUBERNETES_SERVER, 1]]);
    const [target] = prometheus.query('up');
    expect(target?.labels).toMatchObject({
      namespace: deployment.namespace,
      pod: (await serverPod(deployment.namespace, KUBERNETES_SERVER)).metadata.name,
      container: KUBERNETES_SERVER,
      endpoint: 'http',
    });
  });

  test("gets the server's own metrics", async () => {
    // Every probe of the kubelet is a request, too.
    const requests = () => prometheus.query('sum(http_server_requests_total)')[0]?.value ?? 0;
    const first = requests();
    expect(first).toBeGreaterThan(0);
    await eventually(() => requests() > first, true);
  });

  test('scrapes nothing that does not answer: a server without metrics has no PodMonitor, and a warning', () => {
    expect(podMonitors().map(({ metadata }) => metadata.name)).toEqual([KUBERNETES_SERVER]);
    expect(up.output).toContain('mcp-github: monitoring is left out: github-http answers no scrape');
    expect(up.output).toContain('mcp-pulumi: monitoring is left out: pulumi answers no scrape');
  });

  test('follows a rollout to the new pod', async () => {
    const before = await serverPod(deployment.namespace, KUBERNETES_SERVER);
    deployment.set(KUBERNETES_STACK, 'server/podAnnotations', { 'e2e/rolled': 'yes' });
    expect(await deployment.up(KUBERNETES_STACK)).toEqual(SUCCESS);
    const after = await serverPod(deployment.namespace, KUBERNETES_SERVER);
    expect(after.metadata.name).not.toBe(before.metadata.name);
    await eventually(
      () => prometheus.query('up').map(({ labels, value }) => [labels.pod, value]),
      [[after.metadata.name, 1]],
    );
  });

  test('is kept out once no scraper of its namespace is named', async () => {
    deployment.set(KUBERNETES_STACK, 'defaults', { scrapers: [{ namespace: 'somewhere-else' }] });
    expect(await deployment.up(KUBERNETES_STACK)).toEqual(SUCCESS);
    // A policy decides on new connections, and Prometheus keeps the one that it has open.
    prometheus.restart();
    const of = (what: string) => prometheus.query(`${what}(up[10m])`)[0]?.value ?? 0;
    // The server's pod has been ready all along these scrapes.
    await eventually(() => of('count_over_time') > 2, true);
    expect(of('max_over_time')).toBe(0);
  });
});
