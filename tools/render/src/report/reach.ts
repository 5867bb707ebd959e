import { containersOf, podTemplate } from '../checks/pod-template.js';
import { type KubernetesObject } from '../manifests/kubernetes-object.js';
import { compareText } from '../manifests/manifest-order.js';
import { type LabelSelector, selects } from './label-selector.js';
import { peersText } from './peers.js';
import { type NetworkPolicy, type NetworkPolicyPort, type NetworkPolicyRule } from './network-policy.js';

/** Who reaches the pods of a stack, and whom they reach, as far as the network policies decide. */
export interface Reach {
  /** For each port: what it is reached as, and from where. */
  readonly ingress: readonly { readonly port: string; readonly from: string }[];
  /** For each workload. */
  readonly egress: readonly { readonly workload: string; readonly to: string }[];
}

interface Workload {
  readonly name: string;
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly ports: readonly { readonly name?: string; readonly number: number }[];
}

/** The part of a Service that decides who is reached through it. */
interface ServiceSpec {
  readonly type?: string;
  readonly selector?: Readonly<Record<string, string>>;
  readonly ports?: readonly { readonly port: number; readonly targetPort?: number | string }[];
}

/** The part of an Ingress that decides what is reached through it. */
interface IngressSpec {
  readonly tls?: readonly unknown[];
  readonly rules?: readonly {
    readonly host?: string;
    readonly http?: {
      readonly paths?: readonly {
        readonly path?: string;
        readonly backend?: { readonly service?: { readonly name?: string } };
      }[];
    };
  }[];
}

/**
 * @param own The objects of the stack.
 * @param all All objects of the environment, whose policies and Services may concern the stack's pods.
 */
export function reachOf(own: readonly KubernetesObject[], all: readonly KubernetesObject[]): Reach {
  const workloads = own.flatMap(workload);
  return {
    ingress: [...workloads.flatMap((one) => ingressOf(one, all)), ...own.flatMap(throughIngress)],
    egress: workloads.map((one) => ({ workload: one.name, to: egressOf(one, all) })),
  };
}

function workload(object: KubernetesObject): readonly Workload[] {
  const template = podTemplate(object);
  if (template === undefined) return [];
  return [
    {
      name: object.metadata.name,
      namespace: namespaceOf(object),
      labels: (object.kind === 'Pod' ? object.metadata.labels : template.metadata?.labels) ?? {},
      ports: containersOf(template).flatMap(({ ports = [] }) =>
        ports.flatMap(({ name, containerPort }) =>
          containerPort === undefined ? [] : [{ number: containerPort, ...(name !== undefined && { name }) }],
        ),
      ),
    },
  ];
}

/** The ports that Services lead to, under the Service's name; the others only where somebody reaches them. */
function ingressOf(pods: Workload, all: readonly KubernetesObject[]): Reach['ingress'] {
  const policies = policiesFor(pods, all, 'Ingress');
  const from = (port: number): string => {
    if (policies.length === 0) return 'everyone in the cluster';
    const rules = policies.flatMap(({ ingress = [] }) => ingress).filter((rule) => allows(rule, port, pods));
    return rules.length === 0
      ? 'nobody'
      : unique(rules.map(({ from: peers }) => peersText(peers, pods.namespace, 'everyone'))).join(', ');
  };
  const served = new Set<number>();
  const services = all
    .filter(
      (object) =>
        object.apiVersion === 'v1' && object.kind === 'Service' && namespaceOf(object) === pods.namespace,
    )
    .flatMap(({ metadata, spec }) => {
      const { selector = {}, ports = [], type = 'ClusterIP' } = (spec ?? {}) as ServiceSpec;
      if (Object.keys(selector).length === 0 || !selects({ matchLabels: selector }, pods.labels)) return [];
      return ports.map(({ port, targetPort = port }) => {
        const target =
          typeof targetPort === 'number'
            ? targetPort
            : pods.ports.find(({ name }) => name === targetPort)?.number;
        if (target !== undefined) served.add(target);
        return {
          port: `${metadata.name}:${port}${type === 'ClusterIP' ? '' : ` (${type})`}`,
          from: target === undefined ? `nobody: no container has a port ${String(targetPort)}` : from(target),
        };
      });
    });
  const others = pods.ports
    .filter(({ number }) => !served.has(number))
    .map(({ number }) => ({ port: `pod ${pods.name}:${number}`, from: from(number) }))
    .filter(({ from: who }) => who !== 'nobody');
  const reached = [...services, ...others];
  if (reached.length === 0 && pods.ports.length > 0) return [{ port: `pod ${pods.name}`, from: 'nobody' }];
  return reached.sort((one, other) => compareText(one.port, other.port));
}

function throughIngress(object: KubernetesObject): Reach['ingress'] {
  if (object.kind !== 'Ingress') return [];
  const { tls = [], rules = [] } = (object.spec ?? {}) as IngressSpec;
  return rules.flatMap(({ host = '*', http }) =>
    (http?.paths ?? []).map(({ path = '/', backend }) => ({
      port: `${backend?.service?.name ?? object.metadata.name} as ${tls.length > 0 ? 'https' : 'http'}://${host}${path}`,
      from: 'everyone who reaches the ingress controller',
    })),
  );
}

function egressOf(pods: Workload, all: readonly KubernetesObject[]): string {
  const policies = policiesFor(pods, all, 'Egress');
  if (policies.length === 0) return 'anywhere';
  const rules = policies.flatMap(({ egress = [] }) => egress);
  return rules.length === 0
    ? 'nowhere'
    : unique(rules.map((rule) => egressText(rule, pods.namespace))).join(', ');
}

function egressText({ to, ports = [] }: NetworkPolicyRule, namespace: string): string {
  if (ports.length > 0 && ports.every(({ port }) => port === 53)) return 'DNS';
  const numbers = unique(
    ports.map(({ port, endPort }) => `${port ?? 'any'}${endPort === undefined ? '' : `-${endPort}`}`),
  );
  return `${peersText(to, namespace, 'anywhere')}${numbers.length === 0 ? '' : ` port ${numbers.join('/')}`}`;
}

function policiesFor(
  pods: Workload,
  all: readonly KubernetesObject[],
  direction: 'Ingress' | 'Egress',
): readonly NetworkPolicy[] {
  return all
    .filter((object) => object.kind === 'NetworkPolicy' && namespaceOf(object) === pods.namespace)
    .map(({ spec }) => (spec ?? {}) as NetworkPolicy)
    .filter(
      ({ podSelector, policyTypes, egress }) =>
        // The API's default: ingress always, egress if there are rules for it.
        (policyTypes ?? (egress === undefined ? ['Ingress'] : ['Ingress', 'Egress'])).includes(direction) &&
        selects(podSelector ?? ({} satisfies LabelSelector), pods.labels),
    );
}

function allows({ ports = [] }: NetworkPolicyRule, number: number, pods: Workload): boolean {
  const matches = ({ port, endPort }: NetworkPolicyPort): boolean =>
    port === undefined ||
    (typeof port === 'number'
      ? port <= number && number <= (endPort ?? port)
      : pods.ports.some((one) => one.name === port && one.number === number));
  return ports.length === 0 || ports.some(matches);
}

function namespaceOf({ metadata }: KubernetesObject): string {
  return metadata.namespace ?? 'default';
}

function unique(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)];
}
