import type { types } from '@pulumi/kubernetes';
import type { Input } from '@pulumi/pulumi';
import { posix } from 'node:path';
import type { KubernetesAccess } from './mcp-server-args.js';

/**
 * A kubeconfig that names the token's file instead of holding a token: clients read the file anew, so they follow
 * its rotation. JSON, which every YAML parser reads.
 *
 * @param namespace The namespace of its context.
 */
export function kubeconfig(access: KubernetesAccess, namespace: string): string {
  const folder = posix.dirname(access.kubeconfigPath);
  return JSON.stringify(
    {
      apiVersion: 'v1',
      kind: 'Config',
      clusters: [
        {
          name: 'in-cluster',
          cluster: {
            server: 'https://kubernetes.default.svc',
            'certificate-authority': posix.join(folder, 'ca.crt'),
          },
        },
      ],
      users: [{ name: 'service-account', user: { tokenFile: posix.join(folder, 'token') } }],
      contexts: [
        { name: 'in-cluster', context: { cluster: 'in-cluster', user: 'service-account', namespace } },
      ],
      'current-context': 'in-cluster',
    },
    null,
    2,
  );
}

/** One volume with the kubeconfig, the rotating token and the cluster's CA certificate. */
export function kubeconfigVolume(
  access: KubernetesAccess,
  configMapName: Input<string>,
): types.input.core.v1.Volume['projected'] {
  const file = posix.basename(access.kubeconfigPath);
  return {
    sources: [
      { configMap: { name: configMapName, items: [{ key: file, path: file }] } },
      { serviceAccountToken: { path: 'token', expirationSeconds: access.tokenExpirationSeconds ?? 3600 } },
      { configMap: { name: 'kube-root-ca.crt', items: [{ key: 'ca.crt', path: 'ca.crt' }] } },
    ],
  };
}
