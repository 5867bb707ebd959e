import { parse, stringify } from 'yaml';

/** A kubeconfig with the cluster of another one, and with one user and one context of the given names. */
export function oneContextKubeconfig(
  cluster: string,
  context: string,
  user: { readonly name: string; readonly user: unknown },
): string {
  const { clusters } = parse(cluster) as { readonly clusters: readonly { readonly name: string }[] };
  return stringify({
    apiVersion: 'v1',
    kind: 'Config',
    clusters,
    users: [user],
    contexts: [{ name: context, context: { cluster: clusters[0]?.name, user: user.name } }],
  });
}
