import type { NetworkPolicyArgs } from '@mcp-stacks/k8s-app';
import type { types } from '@pulumi/kubernetes';
import type { McpServerArgs, Peer } from './mcp-server-args.js';

type EgressRule = types.input.networking.v1.NetworkPolicyEgressRule;

/** The cluster's DNS, as kubeadm, kind, Talos and the managed offerings label it. */
const DNS: EgressRule = {
  to: [
    {
      namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'kube-system' } },
      podSelector: { matchLabels: { 'k8s-app': 'kube-dns' } },
    },
  ],
  ports: [
    { protocol: 'UDP', port: 53 },
    { protocol: 'TCP', port: 53 },
  ],
};

/** HTTPS to everywhere but link-local addresses, where clouds answer with a node's credentials. */
const HTTPS: EgressRule = {
  to: [{ ipBlock: { cidr: '0.0.0.0/0', except: ['169.254.0.0/16'] } }],
  ports: [{ protocol: 'TCP', port: 443 }],
};

/** Who reaches the server, and whom it reaches: nobody else. The inspector's ports are in no rule. */
export function networkRules(args: McpServerArgs): NetworkPolicyArgs {
  const { profile, monitoring, kubernetesAccess } = args;
  const scraped = monitoring !== undefined && profile.metrics !== 'none' ? profile.metrics.port : undefined;
  return {
    ingress: [
      ...ingress(args.clients, profile.endpoint.port),
      ...(scraped === undefined ? [] : ingress(monitoring?.scrapers ?? [], scraped)),
    ],
    egress: [
      DNS,
      HTTPS,
      ...(kubernetesAccess === undefined || kubernetesAccess.apiServer.cidrs.length === 0
        ? []
        : [
            {
              // The Service's address is translated before the policy looks, so the endpoint's stands here.
              to: kubernetesAccess.apiServer.cidrs.map((cidr) => ({ ipBlock: { cidr } })),
              ports: [{ protocol: 'TCP', port: kubernetesAccess.apiServer.port }],
            },
          ]),
      ...(args.egress ?? []),
    ],
  };
}

function ingress(
  peers: readonly Peer[],
  port: number,
): readonly types.input.networking.v1.NetworkPolicyIngressRule[] {
  // A rule without peers would let everybody in.
  if (peers.length === 0) return [];
  return [
    {
      from: peers.map(({ namespace, podLabels }) => ({
        namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': namespace } },
        ...(podLabels !== undefined && { podSelector: { matchLabels: { ...podLabels } } }),
      })),
      ports: [{ protocol: 'TCP', port }],
    },
  ];
}
