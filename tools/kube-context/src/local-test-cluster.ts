import { BlockList, isIP } from 'node:net';
import type { KubeContext } from './kubeconfig.js';

/** Contexts that are taken without being named: the project's own throw-away clusters. */
export const LOCAL_TEST_CONTEXTS = ['testbed', 'kind-mcp-stacks'] as const;

/** Loopback, and 198.18.0.0/15: reserved for tests inside one network (RFC 2544), nobody's cluster lives there. */
const testAddresses = new BlockList();
testAddresses.addSubnet('127.0.0.0', 8, 'ipv4');
testAddresses.addAddress('::1', 'ipv6');
testAddresses.addSubnet('198.18.0.0', 15, 'ipv4');

/**
 * Whether a context is a local test cluster: by its name and by the address of its API server. The name alone is not
 * enough, anybody may have called a real cluster so.
 */
export function isLocalTestCluster(context: KubeContext): boolean {
  if (!LOCAL_TEST_CONTEXTS.some((name) => name === context.name) || context.server === undefined)
    return false;
  if (!URL.canParse(context.server)) return false;
  const host = new URL(context.server).hostname.replace(/^\[(.*)\]$/, '$1');
  if (host === 'localhost') return true;
  const family = isIP(host);
  return family !== 0 && testAddresses.check(host, family === 4 ? 'ipv4' : 'ipv6');
}
