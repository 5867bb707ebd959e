import type { Deployment } from '../engine/deployment.js';
import { OWN_PODS, OWN_SECRETS, request, TOKEN_SECONDS } from './api-request.js';
import { ask, create, type Pod } from './cluster.js';
import { eventually, until } from './eventually.js';

const ROTATION = 'rotation';

/**
 * A pod of the Pulumi server's template that no rollout ends, since its token is renewed only after minutes: it waits
 * while other tests run. The labels are the server's, so that its network policy holds; the ConfigMap is a copy, so
 * that a change of the server's does not touch it.
 */
export async function startRotation(deployment: Deployment): Promise<number> {
  const { namespace } = deployment;
  const { spec } = deployment.get('deployment', 'mcp-pulumi') as {
    spec: { template: { metadata: { labels: Record<string, string> }; spec: unknown } };
  };
  const configMap = deployment.get('configmap', 'mcp-pulumi-kubeconfig') as { data: Record<string, string> };
  const copied = JSON.parse(
    JSON.stringify(spec.template.spec).replaceAll('"mcp-pulumi-kubeconfig"', `"${ROTATION}"`),
  ) as unknown;
  const metadata = { name: ROTATION, namespace };
  create([
    { apiVersion: 'v1', kind: 'ConfigMap', metadata, data: configMap.data },
    {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { ...metadata, labels: spec.template.metadata.labels },
      spec: copied,
    },
  ]);
  ask('wait', '--namespace', namespace, '--for=condition=Ready', '--timeout=120s', `pod/${ROTATION}`);
  await eventually(() => request(namespace, ROTATION, OWN_PODS).statuses, [200]);
  return request(namespace, ROTATION).iat;
}

/** Ends that pod: its volume's claim cannot go before. */
export function endRotation({ namespace }: Deployment): void {
  ask('delete', `pod/${ROTATION}`, `configmap/${ROTATION}`, '--namespace', namespace, '--ignore-not-found');
}

/**
 * The last of the tests: the kubelet takes its time.
 *
 * @param issued When the pod's first token was issued, in seconds.
 */
export function rotation(deployment: () => Deployment, issued: () => number): void {
  test('the kubeconfig works as well after its token was renewed, in the same container', async () => {
    const { namespace } = deployment();
    const { renewed } = await until(() => {
      const renewed = request(namespace, ROTATION, OWN_PODS, OWN_SECRETS);
      return { renewed, done: renewed.iat !== issued() && !renewed.statuses.includes(0) };
    }, TOKEN_SECONDS * 1000);
    expect(renewed.iat - issued()).toBeGreaterThanOrEqual(0.75 * TOKEN_SECONDS);
    expect(renewed.statuses).toEqual([200, 403]);
    const { status } = deployment().get('pod', ROTATION) as Pod;
    expect(status.containerStatuses?.map(({ restartCount }) => restartCount)).toEqual([0, 0]);
  });
}
