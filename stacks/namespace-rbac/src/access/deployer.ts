import type { Placement } from '../placement.js';
import { DEPLOYER_RULES } from './deployer-rules.js';
import { roleFor } from './role-for.js';
import { serviceAccount } from './service-account.js';

/** The identity that deploys the servers; nobody but it and the administrator changes them. */
export function deployer(placement: Placement, { name }: { name: string }): void {
  serviceAccount(placement, 'deployer', { name, imagePullSecrets: [] });
  roleFor(placement, 'deployer', { name, serviceAccount: name, rules: DEPLOYER_RULES });
}
