import { type KubernetesObject } from '../manifests/kubernetes-object.js';
import { type LabelSelector } from './label-selector.js';
import { type NetworkPolicy } from './network-policy.js';
import { SelectorIndex } from './selector-index.js';

/** A Service, as far as it decides who is reached through it. */
export interface Service {
  readonly name: string;
  readonly type: string;
  readonly ports: readonly { readonly port: number; readonly targetPort?: number | string }[];
}

/** The part of a Service's `spec` that decides who is reached through it. */
interface ServiceSpec {
  readonly type?: string;
  readonly selector?: Readonly<Record<string, string>>;
  readonly ports?: Service['ports'];
}

/** What of a namespace concerns its pods. */
export interface Surroundings {
  readonly services: SelectorIndex<Service>;
  /** By the direction that they restrict. */
  readonly policies: Readonly<Record<Direction, SelectorIndex<NetworkPolicy>>>;
}

export type Direction = 'Ingress' | 'Egress';

const NOTHING = surroundings([]);

/**
 * What selects the pods of an environment, by namespace.
 *
 * @param all All objects of the environment, whichever stack they are of.
 */
export function surroundingsIn(all: readonly KubernetesObject[]): (namespace: string) => Surroundings {
  const objects = new Map<string, KubernetesObject[]>();
  for (const object of all) {
    const others = objects.get(namespaceOf(object));
    if (others === undefined) objects.set(namespaceOf(object), [object]);
    else others.push(object);
  }
  const known = new Map<string, Surroundings>();
  return (namespace) => {
    let found = known.get(namespace);
    if (found === undefined) {
      const own = objects.get(namespace);
      known.set(namespace, (found = own === undefined ? NOTHING : surroundings(own)));
    }
    return found;
  };
}

/** The namespace that an object is in. */
export function namespaceOf({ metadata }: KubernetesObject): string {
  return metadata.namespace ?? 'default';
}

function surroundings(objects: readonly KubernetesObject[]): Surroundings {
  const policies = objects
    .filter(({ kind }) => kind === 'NetworkPolicy')
    .map(({ spec }) => (spec ?? {}) as NetworkPolicy);
  const restricting = (direction: Direction): SelectorIndex<NetworkPolicy> =>
    new SelectorIndex(
      policies
        .filter(({ policyTypes, egress }) =>
          // The API's default: ingress always, egress if there are rules for it.
          (policyTypes ?? (egress === undefined ? ['Ingress'] : ['Ingress', 'Egress'])).includes(direction),
        )
        .map((value) => ({ selector: value.podSelector ?? ({} satisfies LabelSelector), value })),
    );
  return {
    services: new SelectorIndex(
      objects
        .filter(({ apiVersion, kind }) => apiVersion === 'v1' && kind === 'Service')
        .flatMap(({ metadata, spec }) => {
          const { selector = {}, ports = [], type = 'ClusterIP' } = (spec ?? {}) as ServiceSpec;
          if (Object.keys(selector).length === 0) return [];
          return [{ selector: { matchLabels: selector }, value: { name: metadata.name, type, ports } }];
        }),
    ),
    policies: { Ingress: restricting('Ingress'), Egress: restricting('Egress') },
  };
}
