import { NetworkPolicy } from '@pulumi/kubernetes/networking/v1';
import { OWNED_LABELS, type Placement } from './placement.js';

/** No pod is reached and reaches nobody, DNS included, until a policy of its own allows it. */
export function denyByDefault({ namespace, options }: Placement): void {
  new NetworkPolicy(
    'default-deny',
    {
      metadata: { name: 'default-deny', namespace, labels: OWNED_LABELS },
      spec: { podSelector: {}, policyTypes: ['Ingress', 'Egress'] },
    },
    options,
  );
}
