import { z } from 'zod';
import { exceeds, quantity } from './quantity.js';

/** What Kubernetes knows to count: https://kubernetes.io/docs/concepts/policy/resource-quotas/ */
export const quotaSchema = z
  .strictObject({
    'requests.cpu': quantity.meta({ description: 'Sum of CPU requests.', examples: ['2'] }),
    'requests.memory': quantity.meta({ description: 'Sum of memory requests.', examples: ['4Gi'] }),
    'limits.cpu': quantity.meta({ description: 'Sum of CPU limits.', examples: ['8'] }),
    'limits.memory': quantity.meta({ description: 'Sum of memory limits.', examples: ['8Gi'] }),
    pods: quantity.meta({
      description: 'How many pods, those of a running rollout included.',
      examples: ['10'],
    }),
    persistentvolumeclaims: quantity.default('5').meta({ description: 'How many claims.', examples: ['5'] }),
    'requests.storage': quantity
      .optional()
      .meta({ description: 'Sum of what claims ask for.', examples: ['20Gi'] }),
    'requests.ephemeral-storage': quantity
      .optional()
      .meta({ description: 'Sum of requests for space on the node.', examples: ['4Gi'] }),
    'limits.ephemeral-storage': quantity
      .optional()
      .meta({ description: 'Sum of limits of space on the node.', examples: ['8Gi'] }),
    services: quantity.optional().meta({ description: 'How many Services.', examples: ['10'] }),
    'services.loadbalancers': quantity.default('0').meta({
      description: 'How many Services of type LoadBalancer: each may be an address on the internet.',
      examples: ['0'],
    }),
    'services.nodeports': quantity
      .default('0')
      .meta({ description: 'How many ports that are opened on every node.', examples: ['0'] }),
    secrets: quantity.optional().meta({ description: 'How many Secrets.', examples: ['50'] }),
    configmaps: quantity.optional().meta({ description: 'How many ConfigMaps.', examples: ['50'] }),
  })
  .meta({ description: 'What the namespace may use in all (ResourceQuota).' });

const amounts = z.strictObject({
  cpu: quantity.meta({ description: 'Cores.', examples: ['500m'] }),
  memory: quantity.meta({ description: 'Bytes.', examples: ['512Mi'] }),
});

export const limitRangeSchema = z
  .strictObject({
    default: amounts
      .prefault({ cpu: '500m', memory: '512Mi' })
      .meta({ description: 'The limits of a container that names none.' }),
    defaultRequest: amounts
      .prefault({ cpu: '50m', memory: '64Mi' })
      .meta({ description: 'The requests of a container that names none.' }),
    max: amounts
      .prefault({ cpu: '2', memory: '2Gi' })
      .meta({ description: 'The highest limits that a container may name.' }),
  })
  .superRefine((range, context) => {
    // The API server refuses such a LimitRange too, but only in the middle of a deployment.
    for (const [lower, upper] of [
      ['defaultRequest', 'default'],
      ['default', 'max'],
    ] as const) {
      for (const resource of ['cpu', 'memory'] as const) {
        if (!exceeds(range[lower][resource], range[upper][resource])) continue;
        context.addIssue({
          code: 'custom',
          path: [lower, resource],
          message: `at most ${upper}.${resource}, which is ${range[upper][resource]}`,
          params: { remedy: `lower it, or raise ${upper}.${resource}` },
        });
      }
    }
  })
  .prefault({})
  .meta({ description: 'What each container gets if it says nothing, and may have at most (LimitRange).' });

export type QuotaConfig = z.output<typeof quotaSchema>;
export type LimitRangeConfig = z.output<typeof limitRangeSchema>;
