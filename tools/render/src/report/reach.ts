import { containersOf, podTemplate } from '../checks/pod-template.js';
import { type KubernetesObject } from '../manifests/kubernetes-object.js';
import { compareText } from '../manifests/manifest-order.js';
import { peerTexts } from './peers.js';
import { type NetworkPolicyPort, type NetworkPolicyRule } from './network-policy.js';
import { namespaceOf, type Surroundings } from './surroundings.js';

/** Who reaches the pods of a stack, and whom they reach, as far as the network policies decide. */
export interface Reach {
  readonly ingress: readonly ReachedPort[];
  /** For each workload. */
  readonly egress: readonly { readonly workload: string; readonly to: readonly string[] }[];
}

/** One port of a workload. */
export interface ReachedPort {
  /** The workload; where an Ingress leads to it, the Service. */
  readonly workload: string;
  /** What it is reached as: `mcp-github:8082`, a URL, `pod mcp-github:9090`. */
  readonly port: string;
  /** From where: `namespace agents`, `everyone`, or why from nowhere. */
  readonly from: readonly string[];
}

const NOBODY = 'nobody';

interface Workload {
  readonly name: string;
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly ports: readonly { readonly name?: string; readonly number: number }[];
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
 * @param around What selects the pods of a namespace, whichever stack of the environment has it.
 */
export function reachOf(
  own: readonly KubernetesObject[],
  around: (namespace: string) => Surroundings,
): Reach {
  const workloads = own.flatMap(workload);
  return {
    ingress: [
      ...workloads.flatMap((one) => ingressOf(one, around(one.namespace))),
      ...own.flatMap(throughIngress),
    ],
    egress: workloads.map((one) => ({ workload: one.name, to: egressOf(one, around(one.namespace)) })),
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
function ingressOf(pods: Workload, around: Surroundings): Reach['ingress'] {
  const policies = around.policies.Ingress.selecting(pods.labels);
  const workload = pods.name;
  const from = (port: number): readonly string[] => {
    if (policies.length === 0) return ['everyone in the cluster'];
    const rules = policies.flatMap(({ ingress = [] }) => ingress).filter((rule) => allows(rule, port, pods));
    return rules.length === 0
      ? [NOBODY]
      : unique(rules.flatMap(({ from: peers }) => peerTexts(peers, pods.namespace, 'everyone')));
  };
  const served = new Set<number>();
  const services = around.services.selecting(pods.labels).flatMap(({ name, type, ports }) =>
    ports.map(({ port, targetPort = port }) => {
      const target =
        typeof targetPort === 'number'
          ? targetPort
          : pods.ports.find((one) => one.name === targetPort)?.number;
      if (target !== undefined) served.add(target);
      return {
        workload,
        port: `${name}:${port}${type === 'ClusterIP' ? '' : ` (${type})`}`,
        from:
          target === undefined ? [`${NOBODY}: no container has a port ${String(targetPort)}`] : from(target),
      };
    }),
  );
  const others = pods.ports
    .filter(({ number }) => !served.has(number))
    .map(({ number }) => ({ workload, port: `pod ${pods.name}:${number}`, from: from(number) }))
    .filter(({ from: who }) => who[0] !== NOBODY);
  const reached = [...services, ...others];
  if (reached.length === 0 && pods.ports.length > 0)
    return [{ workload, port: `pod ${pods.name}`, from: [NOBODY] }];
  return reached.sort((one, other) => compareText(one.port, other.port));
}

function throughIngress(object: KubernetesObject): Reach['ingress'] {
  if (object.kind !== 'Ingress') return [];
  const { tls = [], rules = [] } = (object.spec ?? {}) as IngressSpec;
  return rules.flatMap(({ host = '*', http }) =>
    (http?.paths ?? []).map(({ path = '/', backend }) => ({
      workload: backend?.service?.name ?? object.metadata.name,
      port: `${backend?.service?.name ?? object.metadata.name} as ${tls.length > 0 ? 'https' : 'http'}://${host}${path}`,
      from: ['everyone who reaches the ingress controller'],
    })),
  );
}

function egressOf(pods: Workload, around: Surroundings): readonly string[] {
  const policies = around.policies.Egress.selecting(pods.labels);
  if (policies.length === 0) return ['anywhere'];
  const rules = policies.flatMap(({ egress = [] }) => egress);
  return rules.length === 0 ? ['nowhere'] : unique(rules.map((rule) => egressText(rule, pods.namespace)));
}

function egressText({ to, ports = [] }: NetworkPolicyRule, namespace: string): string {
  if (ports.length > 0 && ports.every(({ port }) => port === 53)) return 'DNS';
  const numbers = unique(
    ports.map(({ port, endPort }) => `${port ?? 'any'}${endPort === undefined ? '' : `-${endPort}`}`),
  );
  return `${peerTexts(to, namespace, 'anywhere').join(', ')}${numbers.length === 0 ? '' : ` port ${numbers.join('/')}`}`;
}

function allows({ ports = [] }: NetworkPolicyRule, number: number, pods: Workload): boolean {
  const matches = ({ port, endPort }: NetworkPolicyPort): boolean =>
    port === undefined ||
    (typeof port === 'number'
      ? port <= number && number <= (endPort ?? port)
      : pods.ports.some((one) => one.name === port && one.number === number));
  return ports.length === 0 || ports.some(matches);
}

function unique(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)];
}
