import { type Problem, remedyLines } from '@mcp-stacks/problem';
import type { ObjectName } from './read-rollout.js';
import type { VolumeEvidence } from './rollout-evidence.js';

/** What messages about a claim name besides it. */
export interface ClaimContext {
  /** Kubeconfig context. */
  readonly context: string;
  /** What makes claim and volume: a command. */
  readonly making: string;
  /** Who needs it: `, which pods of mcp-github mount`. */
  readonly user: string;
}

/**
 * A claim that is not there or is bound to no volume.
 *
 * A volume that was bound once never binds another claim, not even one of the same name: it is `Released`, and stays
 * so until somebody says that the data on it may be had. Source: `pkg/controller/volume/persistentvolume`.
 */
export function claimProblem(
  { namespace, name }: ObjectName,
  state: 'missing' | 'unbound',
  volumes: readonly VolumeEvidence[],
  { context, making, user }: ClaimContext,
): Problem {
  const released = volumes.find(
    ({ spec, status }) =>
      status?.phase === 'Released' && spec?.claimRef?.namespace === namespace && spec.claimRef.name === name,
  )?.metadata?.name;
  const isMissing = state === 'missing';
  const found = isMissing ? 'nothing' : 'a claim that is bound to no volume';
  return {
    where: `PersistentVolumeClaim ${namespace}/${name}${user}`,
    found:
      released === undefined ? found : `${found}; volume ${released} is kept for the claim that was deleted`,
    expected: isMissing ? 'a claim of that name' : 'a volume that it can be bound to',
    remedy:
      released === undefined
        ? isMissing
          ? `make it again: ${making}`
          : remedyLines(
              `kubectl --context ${context} -n ${namespace} describe pvc ${name}`,
              `then correct storage class, volume or node: ${making}`,
            )
        : remedyLines(
            'let the new claim have the volume with the data on it, then make it again:',
            `kubectl --context ${context} patch pv ${released} --type json ` +
              `-p '[{"op":"remove","path":"/spec/claimRef/uid"}]'`,
            making,
          ),
  };
}
