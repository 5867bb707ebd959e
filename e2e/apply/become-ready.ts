import type { KubernetesObject, Manifest } from '@mcp-stacks/render';
import { type Ended, kubectl } from '../engine/commands.js';

/** Waits, as the engine's provider does, until what was applied is ready; or says what is not, and why it may be. */
export function becomeReady(manifests: readonly Manifest[]): Ended {
  let output = '';
  const objects = manifests.map(({ object }) => object);
  const isService = ({ kind }: KubernetesObject) => kind === 'Service';
  // A Service is ready once there are pods behind it.
  for (const object of [...objects.filter((one) => !isService(one)), ...objects.filter(isService)]) {
    const ended = wait(object);
    if (ended === undefined) continue;
    output += ended.output;
    if (ended.code !== 0) return { code: ended.code, output: output + reasons(object) };
  }
  return { code: 0, output };
}

function wait(object: KubernetesObject): Ended | undefined {
  const { kind, metadata } = object;
  const place = ['--namespace', metadata.namespace ?? ''];
  const condition = (what: string, ...of: string[]) =>
    kubectl('wait', ...of, ...place, `--for=${what}`, '--timeout=120s');
  switch (kind) {
    case 'Namespace':
      return condition('jsonpath={.status.phase}=Active', `namespace/${metadata.name}`);
    case 'PersistentVolumeClaim':
      return condition('jsonpath={.status.phase}=Bound', `persistentvolumeclaim/${metadata.name}`);
    case 'Deployment': {
      const { progressDeadlineSeconds = 600 } = object.spec as { progressDeadlineSeconds?: number };
      const timeout = `--timeout=${progressDeadlineSeconds + 30}s`;
      return kubectl('rollout', 'status', `deployment/${metadata.name}`, ...place, timeout);
    }
    case 'Service':
      return endpointOf(metadata.name, place);
    default:
      return undefined;
  }
}

/** How long a Service may go without a ready pod, in milliseconds. */
const PATIENCE = 120_000;

/** Waits for a ready pod behind a Service; `kubectl wait` would ask it of every slice, of an emptied one too. */
function endpointOf(service: string, place: readonly string[]): Ended {
  const end = Date.now() + PATIENCE;
  for (;;) {
    const { code, output } = kubectl(
      ...['get', 'endpointslices', '--selector', `kubernetes.io/service-name=${service}`, ...place],
      ...['--output', 'jsonpath={.items[*].endpoints[*].conditions.ready}'],
    );
    if (code !== 0) return { code, output };
    if (output.split(' ').includes('true')) return { code, output: `service/${service} has a ready pod\n` };
    if (Date.now() > end) return { code: 1, output: `service/${service} has no ready pod\n` };
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 500);
  }
}

/** What the cluster's events say, newest last. */
function reasons({ metadata: { namespace = '' } }: KubernetesObject): string {
  const { output } = kubectl('events', '--namespace', namespace, '--types', 'Warning');
  return `\n${output}`;
}
