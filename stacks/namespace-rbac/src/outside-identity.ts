import { type Problem, ProblemsError } from '@mcp-stacks/problem';
import { consumeOutside } from '@mcp-stacks/stack';
import { z } from 'zod';
import { type Config, DEFAULT_IDENTITY_SERVER } from './config.js';
import { objectName } from './schema/names.js';

/** What a stack outside this workspace made for one of our servers. */
export interface OutsideIdentity {
  /** The server that it is for. */
  readonly server: string;
  /** Name of its ServiceAccount. */
  readonly account: string;
  /** Name of the Secret with its GCP credentials. */
  readonly gcpCredentialsSecret: string;
}

const outputs = z.object({
  namespace: objectName,
  pulumiAccountName: objectName,
  gcpSecretKeyName: objectName,
});

/**
 * The outside identity, or `undefined` if the configuration names none.
 *
 * @throws ProblemsError if its stack is not there, its outputs are of another shape, it is for another namespace, or
 *   its account has the name of one that this stack makes.
 */
export async function outsideIdentity(config: Config): Promise<OutsideIdentity | undefined> {
  const { identityStack, identityOutputs } = config;
  if (identityStack === undefined || identityOutputs === undefined) return undefined;
  const found = await consumeOutside(
    identityStack,
    identityOutputs,
    outputs,
    'namespace-rbac:identityOutputs',
  );
  const server = config.identityServer ?? DEFAULT_IDENTITY_SERVER;
  ProblemsError.throwIfAny(`The outputs of the stack ${identityStack}`, [
    ...namespaceProblems(found.namespace, config, identityOutputs.namespace),
    ...accountProblems(found.pulumiAccountName, server, config, identityOutputs.pulumiAccountName),
  ]);
  return { server, account: found.pulumiAccountName, gcpCredentialsSecret: found.gcpSecretKeyName };
}

function* namespaceProblems(found: string, { namespace }: Config, path: string): Generator<Problem> {
  if (found === namespace.name) return;
  yield {
    where: `output ${path}`,
    found: JSON.stringify(found),
    expected: `${namespace.name}, the namespace of this stack: a pod uses accounts and Secrets of its own only`,
    remedy: 'correct namespace-rbac:namespace.name, or name the identity stack of this namespace',
  };
}

function* accountProblems(found: string, server: string, config: Config, path: string): Generator<Problem> {
  const ours = [config.deployer.name, ...Object.keys(config.servers).filter((name) => name !== server)];
  if (!ours.includes(found)) return;
  yield {
    where: `output ${path}`,
    found: JSON.stringify(found),
    expected: `an account that this stack does not make; it makes ${ours.join(', ')}`,
    remedy: `correct namespace-rbac:identityOutputs.pulumiAccountName, or rename the server or the deployer`,
  };
}
