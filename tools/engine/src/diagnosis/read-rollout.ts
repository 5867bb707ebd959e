import type { Connection } from '../cluster/connect.js';
import { statusOf } from '../cluster/request-problem.js';
import type { RolloutEvidence } from './rollout-evidence.js';

/** Where a Deployment is. */
export interface DeploymentName {
  readonly namespace: string;
  readonly name: string;
}

/** What Kubernetes writes the number of a ReplicaSet's revision into. */
const REVISION = 'deployment.kubernetes.io/revision';

/**
 * Reads what the cluster knows of the rollout of a Deployment: reading rights in its namespace are enough.
 *
 * @returns `undefined` where there is no such Deployment.
 * @throws ApiException of the library, or what kept a request from being answered.
 */
export async function readRollout(
  { library, config }: Connection,
  { namespace, name }: DeploymentName,
): Promise<RolloutEvidence | undefined> {
  const apps = config.makeApiClient(library.AppsV1Api);
  const core = config.makeApiClient(library.CoreV1Api);
  const deployment = await apps.readNamespacedDeployment({ namespace, name }).catch((error: unknown) => {
    if (statusOf(error) === 404) return undefined;
    throw error;
  });
  if (deployment === undefined) return undefined;
  const [replicaSets, pods, events] = await Promise.all([
    apps.listNamespacedReplicaSet({ namespace }),
    core.listNamespacedPod({ namespace }),
    core.listNamespacedEvent({ namespace }),
  ]);
  const revision = deployment.metadata?.annotations?.[REVISION];
  const current = replicaSets.items.find(
    ({ metadata }) =>
      metadata?.annotations?.[REVISION] === revision &&
      metadata?.ownerReferences?.some(({ uid }) => uid === deployment.metadata?.uid) === true,
  );
  return {
    deployment,
    pods: pods.items.filter(
      ({ metadata }) =>
        metadata?.deletionTimestamp === undefined &&
        metadata?.ownerReferences?.some(({ uid }) => uid === current?.metadata?.uid) === true,
    ),
    events: events.items,
  };
}
