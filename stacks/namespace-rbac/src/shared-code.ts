import { SharedManualVolume } from '@mcp-stacks/k8s-app';
import { PersistentVolumeClaim } from '@pulumi/kubernetes/core/v1';
import type { Config } from './config.js';
import { OWNED_LABELS, type Placement } from './placement.js';

/** Name of the claim, and of the volume in the contract. */
const SHARED_CODE = 'shared-code';

/** The claim of the shared volume by the volume's name; empty without one. */
export function sharedCode(
  { namespace, options }: Placement,
  config: Pick<Config, 'sharedCode' | 'namespace'>,
): Readonly<Record<string, string>> {
  const choice = config.sharedCode;
  if (choice?.existingClaim !== undefined) return { [SHARED_CODE]: choice.existingClaim };
  if (choice?.static !== undefined) {
    const { capacity, claim, accessMode, node, path } = choice.static;
    new SharedManualVolume(
      SHARED_CODE,
      {
        namespace,
        name: SHARED_CODE,
        // Volumes have one namespace for the whole cluster.
        volumeName: `${config.namespace.name}-${SHARED_CODE}`,
        capacity: String(capacity),
        request: String(claim),
        accessModes: [accessMode],
        node,
        path,
      },
      options,
    );
  } else if (choice?.storageClass !== undefined) {
    const { name, claim, accessMode } = choice.storageClass;
    // No `pulumi.com/skipAwait`: of a class that binds with the first pod, the provider takes Pending for ready
    // (pulumi-kubernetes v4.33.0, provider/pkg/await/awaiters.go, untilCoreV1PersistentVolumeClaimReady).
    new PersistentVolumeClaim(
      SHARED_CODE,
      {
        metadata: { name: SHARED_CODE, namespace, labels: OWNED_LABELS },
        spec: {
          accessModes: [accessMode],
          resources: { requests: { storage: String(claim) } },
          ...(name !== undefined && { storageClassName: name }),
        },
      },
      // Most classes delete the files with the claim.
      { ...options, protect: config.namespace.protect },
    );
  } else {
    return {};
  }
  return { [SHARED_CODE]: SHARED_CODE };
}
