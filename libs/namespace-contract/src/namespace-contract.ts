import type { Contract } from '@mcp-stacks/stack';
import { z } from 'zod';

const objectName = z.string().regex(/^[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?$/);

/** Who answers on the Kubernetes API, once the Service's address is translated: what an egress rule must name. */
const apiServer = z.strictObject({
  /** Its addresses, as `10.0.0.1/32`. */
  cidrs: z.array(z.string()),
  /** Its port. */
  port: z.int().min(1).max(65535),
});

const outputs = z.strictObject({
  /** Name of the namespace. */
  namespace: objectName,
  /** Name of the ServiceAccount of each server, by the server's name. */
  serviceAccounts: z.record(z.string(), objectName),
  /** Names of the Secrets that pull images; often none. */
  imagePullSecrets: z.array(objectName),
  /** Name of the claim of each shared volume, by the volume's name. */
  volumeClaims: z.record(z.string(), objectName),
  /** The API server's endpoints; no CIDR means that nobody may reach it. */
  apiServer,
  /** What an outside identity stack gave; empty without one. */
  identity: z.strictObject({
    /** Name of the Secret that holds the GCP credentials. */
    gcpCredentialsSecret: objectName.optional(),
  }),
});

/** What `namespace-rbac` promises to every stack that deploys into its namespace. */
export const namespaceContract = {
  /** Whose outputs they are. */
  stack: 'namespace-rbac',
  /** What it publishes, checked at both ends. */
  outputs,
} satisfies Contract;

/** The checked outputs of `namespace-rbac`. */
export type NamespaceOutputs = z.output<typeof outputs>;
