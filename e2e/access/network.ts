import type { Deployment } from '../engine/deployment.js';
import { ask, type Manifest, type Place, pods, send, serverPod } from './cluster.js';
import { connections } from './connections.js';
import { eventually } from './eventually.js';
import { IDLE, restrictedPod } from './restricted-pod.js';

/** An address that no cloud uses, in the range where they hand out a node's credentials. */
const LINK_LOCAL = '169.254.77.77';

/** Pods that may reach the servers have it, in either namespace. */
export const CLIENT_LABELS = { 'e2e/client': 'named' } as const;

/** A namespace of somebody else: nothing is enforced there. */
export function outsideOf({ namespace }: Deployment): string {
  return `${namespace}-outside`;
}

/** A server that listens on 443 and on another port; a Service gives it a name. */
function target(namespace: string): readonly Manifest[] {
  const labels = { 'e2e/role': 'target' };
  const listen = '[443, 8443].forEach((port) => require("node:net").createServer().listen(port));';
  return [
    restrictedPod({ name: 'target', namespace, labels, script: IDLE + listen }),
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'target', namespace },
      spec: { selector: labels, ports: [443, 8443].map((port) => ({ name: `port-${port}`, port })) },
    },
  ];
}

/** A program of the node that answers on a link-local address, as a cloud's metadata service does. */
function metadataService(namespace: string): Manifest {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'metadata', namespace },
    spec: {
      hostNetwork: true,
      automountServiceAccountToken: false,
      terminationGracePeriodSeconds: 10,
      containers: [
        {
          name: 'main',
          image: 'testbed.local/busybox:1',
          command: ['/bin/sh', '-c'],
          args: [
            `/bin/busybox ip address add ${LINK_LOCAL}/32 dev lo
             trap '/bin/busybox ip address del ${LINK_LOCAL}/32 dev lo; exit' TERM
             /bin/busybox httpd -f -p ${LINK_LOCAL}:443 & wait`,
          ],
          securityContext: { runAsUser: 0, capabilities: { add: ['NET_ADMIN'] } },
        },
      ],
    },
  };
}

/** Clients are pods of the namespace, so its default-deny holds for them too: this lets them out. */
function clientsOut(namespace: string): Manifest {
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name: 'e2e-clients', namespace },
    spec: {
      podSelector: { matchLabels: { 'e2e/role': 'client' } },
      policyTypes: ['Egress'],
      egress: [{}],
    },
  };
}

/** Who reaches whom, told by TCP connections from inside the pods. */
export function network(deployment: () => Deployment): void {
  let outside: string;
  const pod = (name: string, namespace: string) => ({ name, namespace });

  beforeAll(async () => {
    outside = outsideOf(deployment());
    const { namespace } = deployment();
    const clients = [namespace, outside].flatMap((home) => [
      restrictedPod({
        ...pod('named', home),
        labels: { 'e2e/role': 'client', ...CLIENT_LABELS },
        script: IDLE,
      }),
      restrictedPod({ ...pod('unnamed', home), labels: { 'e2e/role': 'client' }, script: IDLE }),
    ]);
    const made = send(
      [clientsOut(namespace), ...clients, ...target(outside), metadataService(outside)],
      'apply',
    );
    expect(made).toMatchObject({ code: 0 });
    for (const home of [namespace, outside]) {
      ask(
        ...['wait', '--namespace', home, '--for=condition=Ready', '--timeout=120s', 'pod'],
        ...['named', 'unnamed', ...(home === outside ? ['target', 'metadata'] : [])],
      );
    }
    // GitHub's image has nothing but the server: a container beside it, in the same network, looks from there.
    const { name } = (await serverPod(namespace, 'mcp-github')).metadata;
    ask(
      ...['debug', '--namespace', namespace, name],
      ...['--image', 'testbed.local/node:1', '--container', 'look', '--profile', 'restricted', '--quiet'],
      ...['--', '/usr/bin/node', '--eval', IDLE],
    );
    ask(
      ...['wait', `pod/${name}`, '--namespace', namespace, '--timeout=120s'],
      '--for=jsonpath={.status.ephemeralContainerStatuses[0].state.running}',
    );
  });

  afterAll(() => {
    const { namespace } = deployment();
    ask('delete', 'pod,service', '--namespace', outside, '--all');
    ask('delete', 'pod,networkpolicy', '--namespace', namespace, '--selector', 'e2e/role=client');
    ask('delete', 'networkpolicy', 'e2e-clients', '--namespace', namespace);
  });

  /** The place to look from for a name in these tests. */
  async function place(who: string): Promise<Place> {
    const { namespace } = deployment();
    if (who === 'mcp-github' || who === 'mcp-pulumi') {
      const { name } = (await serverPod(namespace, who)).metadata;
      return { namespace, pod: name, container: who === 'mcp-github' ? 'look' : who };
    }
    const [name = '', home] = who.split(' of ');
    return { namespace: home === 'another namespace' ? outside : namespace, pod: name };
  }

  const podIP = async (server: string) =>
    (await serverPod(deployment().namespace, server)).status.podIP ?? '';

  const named = { github: 'open', pulumi: 'open', pulumiPod: 'open' } as const;
  const unnamed = { github: 'closed', pulumi: 'closed', pulumiPod: 'closed' } as const;
  test.each([
    ['named of the namespace', named],
    ['named of another namespace', named],
    ['unnamed of the namespace', unnamed],
    ['unnamed of another namespace', unnamed],
  ] as const)('clients: %s', async (who, expected) => {
    const { namespace } = deployment();
    const pulumiPod = await podIP('mcp-pulumi');
    const targets = {
      [`mcp-github.${namespace}.svc:8082`]: expected.github,
      [`mcp-pulumi.${namespace}.svc:3000`]: expected.pulumi,
      [`${pulumiPod}:3000`]: expected.pulumiPod,
      // The inspectors' ports, by the pod's address and by the Service.
      [`${pulumiPod}:6274`]: 'closed',
      [`${pulumiPod}:6277`]: 'closed',
      [`mcp-pulumi.${namespace}.svc:6274`]: 'closed',
      [`mcp-pulumi.${namespace}.svc:6277`]: 'closed',
      // It does look.
      [`target.${outside}.svc:8443`]: 'open',
    } as const;
    const from = await place(who);
    await eventually(() => connections(from, Object.keys(targets)), targets);
  });

  test.each([
    ['mcp-github', [6274, 6275]],
    ['mcp-pulumi', [6274, 6277]],
  ] as const)("the inspector of %s listens on its pod's loopback address alone", async (who, ports) => {
    const own = await podIP(who);
    // The pod itself passes no policy on the way.
    const targets = Object.fromEntries(
      ports.flatMap((port) => [
        [`127.0.0.1:${port}`, 'open'],
        [`${own}:${port}`, 'closed'],
      ]),
    );
    const from = await place(who);
    await eventually(() => connections(from, Object.keys(targets)), targets);
  });

  test('the Services have the port of the server and no other', () => {
    const ports = (name: string) =>
      (deployment().get('service', name) as { spec: { ports: { port: number }[] } }).spec.ports.map(
        ({ port }) => port,
      );
    expect({ github: ports('mcp-github'), pulumi: ports('mcp-pulumi') }).toEqual({
      github: [8082],
      pulumi: [3000],
    });
  });

  test.each([
    ['mcp-github', 'closed'],
    ['mcp-pulumi', 'open'],
  ] as const)(
    '%s reaches DNS, port 443, and its API server is %s, and nothing else',
    async (who, apiServer) => {
      const { namespace } = deployment();
      const [slice] = (
        JSON.parse(ask('get', 'endpointslices', '--namespace', 'default', '--output', 'json')) as {
          items: { endpoints: { addresses: string[] }[]; ports: { port: number }[] }[];
        }
      ).items;
      const endpoint = `${slice?.endpoints[0]?.addresses[0] ?? ''}:${slice?.ports[0]?.port ?? ''}`;
      const other = who === 'mcp-github' ? 'mcp-pulumi:3000' : 'mcp-github:8082';
      const targetIP = pods(outside, 'e2e/role=target')[0]?.status.podIP ?? '';
      const targets = {
        // A name and not an address: it is DNS that answers first.
        [`target.${outside}.svc:443`]: 'open',
        [`${targetIP}:443`]: 'open',
        'kube-dns.kube-system.svc:53': 'open',
        [endpoint]: apiServer,
        'kubernetes.default.svc:443': apiServer,
        [`target.${outside}.svc:8443`]: 'closed',
        [`${targetIP}:8443`]: 'closed',
        [other.replace(':', `.${namespace}.svc:`)]: 'closed',
        // The kubelet of its own node.
        [`${(await serverPod(namespace, who)).status.hostIP ?? ''}:10250`]: 'closed',
        [`${LINK_LOCAL}:443`]: 'closed',
      } as const;
      const from = await place(who);
      await eventually(() => connections(from, Object.keys(targets)), targets);
      // All of it answers somebody whom nothing holds back.
      const everything = Object.fromEntries(Object.keys(targets).map((one) => [one, 'open']));
      const free = await place('named of another namespace');
      await eventually(() => connections(free, Object.keys(targets)), everything);
    },
  );
}
