import { ServiceAccount } from '@pulumi/kubernetes/core/v1';
import { OWNED_LABELS, type Placement } from '../placement.js';

/** A ServiceAccount whose token is in no pod unless the pod mounts it as a projected volume. */
export function serviceAccount(
  { namespace, options }: Placement,
  logicalName: string,
  { name, imagePullSecrets }: { name: string; imagePullSecrets: readonly string[] },
): void {
  new ServiceAccount(
    logicalName,
    {
      metadata: { name, namespace, labels: OWNED_LABELS },
      automountServiceAccountToken: false,
      ...(imagePullSecrets.length > 0 && {
        imagePullSecrets: imagePullSecrets.map((secret) => ({ name: secret })),
      }),
    },
    options,
  );
}
