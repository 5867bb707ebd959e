import { ask } from '../access/cluster.js';

/** What the cluster itself puts into every namespace. */
const OF_EVERY_NAMESPACE = ['ConfigMap kube-root-ca.crt', 'ServiceAccount default'];

interface Listed {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly ownerReferences?: readonly unknown[] };
}

/** Every object of a namespace that no other object and not the cluster made, as `Kind name`, in alphabetical order. */
export function looseObjects(namespace: string): readonly string[] {
  const kinds = ask('api-resources', '--namespaced', '--verbs=list', '--output=name')
    .trim()
    .split('\n')
    // Records of what happened, and what older clients read in place of EndpointSlices.
    .filter((kind) => !/^(events|endpoints$|leases\.)/.test(kind));
  const { items } = JSON.parse(
    ask('get', kinds.join(','), '--namespace', namespace, '--output', 'json', '--ignore-not-found'),
  ) as { items: readonly Listed[] };
  return items
    .filter(({ metadata }) => metadata.ownerReferences === undefined)
    .map(({ kind, metadata }) => `${kind} ${metadata.name}`)
    .filter((name) => !OF_EVERY_NAMESPACE.includes(name))
    .sort();
}
