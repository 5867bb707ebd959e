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
      // An old pod's endpoint may still stand in the first place; it leaves it.
      return condition(
        'jsonpath={.endpoints[0].conditions.ready}=true',
        ...['endpointslice', '--selector', `kubernetes.io/service-name=${metadata.name}`],
      );
    default:
      return undefined;
  }
}

/** What the cluster's events say, newest last. */
function reasons({ metadata: { namespace = '' } }: KubernetesObject): string {
  const { output } = kubectl('events', '--namespace', namespace, '--types', 'Warning');
  return `\n${output}`;
}
