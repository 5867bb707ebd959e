import { Secret } from '@pulumi/kubernetes/core/v1';
import type { Config } from './config.js';
import { OWNED_LABELS, type Placement } from './placement.js';

/** Names of the Secrets that pull images; the one of `dockerConfigJson` is made here. */
export function imagePullSecrets({ namespace, options }: Placement, config: Config): readonly string[] {
  const { imagePullSecret, dockerConfigJson } = config;
  if (imagePullSecret === undefined) return [];
  if (dockerConfigJson !== undefined) {
    new Secret(
      'image-pull-secret',
      {
        metadata: { name: imagePullSecret.name, namespace, labels: OWNED_LABELS },
        type: 'kubernetes.io/dockerconfigjson',
        stringData: { '.dockerconfigjson': dockerConfigJson },
      },
      options,
    );
  }
  return [imagePullSecret.name];
}
