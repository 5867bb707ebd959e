import { type LabelSelector, selectorText } from './label-selector.js';
import { type NetworkPolicyPeer } from './network-policy.js';

/** The label that Kubernetes gives every namespace: its name. */
const NAMESPACE_NAME = 'kubernetes.io/metadata.name';

/**
 * How the peers of a network policy's rule read, each once.
 *
 * @param own The policy's namespace.
 * @param everybody What absent peers mean.
 */
export function peerTexts(
  peers: readonly NetworkPolicyPeer[] | undefined,
  own: string,
  everybody: string,
): readonly string[] {
  if (peers === undefined || peers.length === 0) return [everybody];
  return [...new Set(peers.map((peer) => peerText(peer, own)))];
}

function peerText({ ipBlock, namespaceSelector, podSelector }: NetworkPolicyPeer, own: string): string {
  if (ipBlock !== undefined) {
    const { cidr = '', except = [] } = ipBlock;
    const outside = except.length > 2 ? `${except.length} ranges` : except.join(', ');
    return except.length === 0 ? cidr : `${cidr} except ${outside}`;
  }
  const namespaces = namespaceSelector === undefined ? `namespace ${own}` : namespacesText(namespaceSelector);
  const pods = podSelector === undefined ? '' : selectorText(podSelector);
  return pods === '' ? namespaces : `pods ${pods} of ${namespaces}`;
}

function namespacesText(selector: LabelSelector): string {
  const names = namesOf(selector);
  if (names !== undefined) return `${names.length === 1 ? 'namespace' : 'namespaces'} ${names.join(', ')}`;
  const text = selectorText(selector);
  return text === '' ? 'every namespace' : `namespaces with ${text}`;
}

/** The names of the namespaces, where the selector says nothing but these. */
function namesOf({ matchLabels = {}, matchExpressions = [] }: LabelSelector): readonly string[] | undefined {
  const labels = Object.entries(matchLabels);
  const [label] = labels;
  const [expression] = matchExpressions;
  if (labels.length === 1 && expression === undefined && label?.[0] === NAMESPACE_NAME) return [label[1]];
  if (labels.length === 0 && matchExpressions.length === 1 && expression?.key === NAMESPACE_NAME) {
    return expression.operator === 'In' ? expression.values : undefined;
  }
  return undefined;
}
