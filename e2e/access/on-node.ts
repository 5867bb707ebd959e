import { ask, create, type Manifest } from './cluster.js';

/** The node that the suite's static volumes are on. */
const NODE = process.env.E2E_NODE ?? 'testbed';

/** Runs a shell command as root on the node, which has its `/var/tmp` under `/node`, and waits until it ends. */
export function onNode(namespace: string, command: string): void {
  const metadata = { name: 'on-node', namespace };
  const manifest: Manifest = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata,
    spec: {
      nodeName: NODE,
      restartPolicy: 'Never',
      automountServiceAccountToken: false,
      containers: [
        {
          name: 'main',
          image: 'testbed.local/busybox:1',
          command: ['/bin/sh', '-c', command],
          securityContext: { runAsUser: 0 },
          volumeMounts: [{ name: 'node', mountPath: '/node' }],
        },
      ],
      volumes: [{ name: 'node', hostPath: { path: '/var/tmp', type: 'Directory' } }],
    },
  };
  create([manifest]);
  const pod = ['--namespace', namespace, metadata.name];
  const terminated = '.status.containerStatuses[0].state.terminated';
  ask('wait', 'pod', ...pod, '--timeout=120s', `--for=jsonpath={${terminated}}`);
  const exitCode = ask('get', 'pod', ...pod, '--output', `jsonpath={${terminated}.exitCode}`);
  if (exitCode !== '0') throw new Error(`${command}: ${ask('logs', ...pod)}`);
  ask('delete', 'pod', ...pod);
}
