import { z } from 'zod';

/** Which cluster a stack acts on: part of every stack's configuration. */
export const clusterConfig = z
  .strictObject({
    context: z
      .string()
      .min(1)
      .optional()
      .meta({
        description:
          'Name of the kubeconfig context. Absent: it must be named on the command line (--context).',
        examples: ['prod-admin'],
      }),
    kubeconfig: z
      .string()
      .min(1)
      .regex(/^(\/|~\/)/)
      .optional()
      .meta({
        description: 'Path of the kubeconfig. Absent: KUBECONFIG, else ~/.kube/config.',
        expected:
          'an absolute path, or one below ~/: the provider would look for another in a folder of its own',
      }),
    identifier: z
      .string()
      .min(1)
      .optional()
      .meta({
        description:
          'A name of the cluster, where people reach it at different addresses. Absent: another address or CA ' +
          'certificate is another cluster, in which everything is made anew.',
        examples: ['prod-eu'],
      }),
  })
  .prefault({})
  .meta({
    description: 'The cluster that this stack acts on. No stack acts on a cluster that was not named.',
  });

/** Which cluster a stack acts on, as `clusterConfig` parsed it. */
export type ClusterConfig = z.output<typeof clusterConfig>;
