import { ProblemsError } from '@mcp-stacks/problem';
import { Provider } from '@pulumi/kubernetes/provider.js';
import * as pulumi from '@pulumi/pulumi';
import type { ClusterConfig } from './cluster-config.js';

/** The environment variable by which the command line names the context; it wins over the configuration. */
export const CONTEXT_VARIABLE = 'MCP_STACKS_CONTEXT';

/** Whose fields a provider may overrule. */
export interface ClusterProviderOptions {
  /**
   * `owned`: of objects that the stack made, each field that its program states is its own, and `up` puts it back
   * whoever changed it. `shared`: of objects that somebody else made (Pulumi's `…Patch` types), a field that another
   * manager holds with another value is a conflict.
   *
   * @default owned
   */
  readonly objects?: 'owned' | 'shared';
}

/**
 * The provider of the named cluster, for every resource of a stack. The default provider is never used: it would
 * act on whatever cluster the user's kubeconfig happens to point at.
 *
 * @throws ProblemsError if no context is named.
 */
export function clusterProvider(
  cluster: ClusterConfig,
  { objects = 'owned' }: ClusterProviderOptions = {},
): Provider {
  const context = process.env[CONTEXT_VARIABLE] ?? cluster.context;
  if (context === undefined || context === '') {
    const project = pulumi.getProject();
    const environment = pulumi.getStack();
    throw new ProblemsError(`Pulumi.${environment}.yaml of ${project}`, [
      {
        where: `${project}:cluster.context`,
        found: 'nothing',
        expected: 'the name of a kubeconfig context: no command acts on a cluster that was not named',
        remedy: `npx nx run ${project}:up -c ${environment} --context <name>, or set ${project}:cluster.context`,
      },
    ]);
  }
  return new Provider(objects === 'owned' ? 'cluster' : 'cluster-shared', {
    context,
    // Left out, the provider would take it from PULUMI_K8S_ENABLE_PATCH_FORCE of whoever runs it.
    enablePatchForce: objects === 'owned',
    ...(cluster.kubeconfig !== undefined && { kubeconfig: cluster.kubeconfig }),
    ...(cluster.identifier !== undefined && { clusterIdentifier: cluster.identifier }),
    // A changed ConfigMap or Secret is updated in place; its pods roll by their checksum annotation.
    enableConfigMapMutable: true,
    enableSecretMutable: true,
  });
}
