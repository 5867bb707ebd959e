import { type Connection, statusOf } from '@mcp-stacks/kube-context';
import type { RolloutEvidence, VolumeEvidence } from './rollout-evidence.js';

/** Where an object of a namespace is. */
export interface ObjectName {
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
  { namespace, name }: ObjectName,
): Promise<RolloutEvidence | undefined> {
  const apps = config.makeApiClient(library.AppsV1Api);
  const core = config.makeApiClient(library.CoreV1Api);
  const deployment = await apps.readNamespacedDeployment({ namespace, name }).catch((error: unknown) => {
    if (statusOf(error) === 404) return undefined;
    throw error;
  });
  if (deployment === undefined) return undefined;
  const [replicaSets, pods, events, volumes] = await Promise.all([
    apps.listNamespacedReplicaSet({ namespace }),
    core.listNamespacedPod({ namespace }),
    core.listNamespacedEvent({ namespace }),
    readVolumes({ library, config }),
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
    volumes,
  };
}

/** The cluster's volumes; none where the context may not read them: they belong to no namespace. */
export async function readVolumes({ library, config }: Connection): Promise<readonly VolumeEvidence[]> {
  try {
    return (await config.makeApiClient(library.CoreV1Api).listPersistentVolume()).items;
  } catch (error) {
    if (statusOf(error) === 403) return [];
    throw error;
  }
}
