import { stringify } from 'yaml';
import { ISSUED_EXTENSION } from '@mcp-stacks/kube-context';

/** A cluster as a kubeconfig names it, with its CA certificate in the file. */
export interface ClusterEntry {
  readonly server: string;
  /** PEM in base64. */
  readonly 'certificate-authority-data'?: string;
  readonly 'tls-server-name'?: string;
  readonly 'insecure-skip-tls-verify'?: boolean;
  readonly 'proxy-url'?: string;
}

/** What a kubeconfig for one ServiceAccount holds. */
export interface IssuedToken {
  readonly account: string;
  readonly namespace: string;
  readonly cluster: ClusterEntry;
  readonly token: string;
  /** The command that issues a new one. */
  readonly renewal: string;
}

/** The name of the context: `deployer@team`. */
export function contextNameOf({ account, namespace }: Pick<IssuedToken, 'account' | 'namespace'>): string {
  return `${account}@${namespace}`;
}

/** The text of a kubeconfig with one context, that of a ServiceAccount. */
export function tokenKubeconfig(issued: IssuedToken): string {
  const { cluster, namespace, renewal, token } = issued;
  const name = contextNameOf(issued);
  return stringify(
    {
      apiVersion: 'v1',
      kind: 'Config',
      clusters: [{ name, cluster }],
      users: [{ name, user: { token } }],
      contexts: [
        {
          name,
          context: {
            cluster: name,
            user: name,
            namespace,
            extensions: [{ name: ISSUED_EXTENSION, extension: { renewal } }],
          },
        },
      ],
      'current-context': name,
    },
    { lineWidth: 0 },
  );
}
