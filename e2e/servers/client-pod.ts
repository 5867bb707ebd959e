import { join } from 'node:path';
import { ask, create, makeNamespace, type Manifest, nodeIn } from '../access/cluster.js';
import { IDLE, restrictedPod } from '../access/restricted-pod.js';
import { bundle } from './bundle.js';
import { McpSession } from './mcp-session.js';

const NAME = 'mcp-client';
const FOLDER = '/client';
const PROGRAM = 'client.cjs';

/** A pod, in a namespace of its own, that has the official SDK's client: what servers are reached from. */
export class ClientPod implements Disposable {
  readonly namespace: string;
  readonly pod = NAME;

  /**
   * Makes namespace and pod, and returns when the pod runs.
   *
   * @param namespace Name of the namespace, which must not exist.
   * @param labels Labels of the pod. @default none
   */
  constructor(namespace: string, labels?: Readonly<Record<string, string>>) {
    this.namespace = namespace;
    makeNamespace(namespace, { 'pod-security.kubernetes.io/enforce': 'restricted' });
    create(manifests(namespace, labels));
    ask('wait', '--for=condition=Ready', `pod/${NAME}`, '--namespace', namespace, '--timeout=5m');
  }

  /**
   * Opens a session: connects and initializes.
   *
   * @param headers Sent with every request, as `authorization`.
   * @throws Error with what the SDK says.
   */
  async connect(url: string, headers: Readonly<Record<string, string>> = {}): Promise<McpSession> {
    const command = ['node', `${FOLDER}/${PROGRAM}`];
    return await McpSession.open({ namespace: this.namespace, pod: NAME, command }, url, headers);
  }

  /** Runs a Node script in the pod and returns what it printed. */
  run(script: string, ...args: readonly string[]): string {
    return nodeIn(this, script, ...args);
  }

  [Symbol.dispose](): void {
    ask('delete', 'namespace', this.namespace, '--ignore-not-found');
  }
}

function manifests(namespace: string, labels?: Readonly<Record<string, string>>): readonly Manifest[] {
  const pod = restrictedPod({ name: NAME, namespace, script: IDLE, ...(labels !== undefined && { labels }) });
  const [container] = pod.spec.containers;
  const program = { name: 'program', mountPath: FOLDER };
  return [
    {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: NAME, namespace },
      data: { [PROGRAM]: bundle(join(__dirname, 'client', 'main.ts')) },
    },
    {
      ...pod,
      spec: {
        ...pod.spec,
        containers: [{ ...container, volumeMounts: [program] }],
        volumes: [{ name: program.name, configMap: { name: NAME } }],
      },
    },
  ];
}
