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
      .optional()
      .meta({ description: 'Path of the kubeconfig. Absent: KUBECONFIG, else ~/.kube/config.' }),
  })
  .prefault({})
  .meta({
    description: 'The cluster that this stack acts on. No stack acts on a cluster that was not named.',
  });

export type ClusterConfig = z.output<typeof clusterConfig>;
