import type { OutsideIdentity } from '../outside-identity.js';
import type { Placement } from '../placement.js';
import type { ServersConfig } from '../schema/servers-schema.js';
import { DEFAULT_SERVER_RULES } from './default-server-rules.js';
import { roleFor } from './role-for.js';
import { serviceAccount } from './service-account.js';

/**
 * A ServiceAccount for each server, and a Role for each that has Kubernetes access. The account of an outside
 * identity takes the place of ours.
 *
 * @returns The account's name by the server's.
 */
export function serverAccounts(
  placement: Placement,
  args: {
    servers: ServersConfig;
    identity: OutsideIdentity | undefined;
    imagePullSecrets: readonly string[];
  },
): Record<string, string> {
  const { servers, identity, imagePullSecrets } = args;
  const accounts: Record<string, string> = {};
  for (const [server, { kubernetesAccess }] of Object.entries(servers)) {
    const logicalName = `server-${server}`;
    if (identity?.server === server) {
      accounts[server] = identity.account;
    } else {
      accounts[server] = server;
      serviceAccount(placement, logicalName, { name: server, imagePullSecrets });
    }
    if (kubernetesAccess !== undefined) {
      const rules = kubernetesAccess.rules ?? DEFAULT_SERVER_RULES;
      roleFor(placement, logicalName, { name: server, serviceAccount: accounts[server], rules });
    }
  }
  return accounts;
}
