import { LimitRange, ResourceQuota } from '@pulumi/kubernetes/core/v1';
import { OWNED_LABELS, type Placement } from './placement.js';
import type { LimitRangeConfig, QuotaConfig } from './schema/limits-schema.js';
import { asText } from './schema/quantity.js';

/** What the namespace may use in all, and what one container gets and may have at most. */
export function setLimits(
  { namespace, options }: Placement,
  { quota, limitRange }: { quota: QuotaConfig; limitRange: LimitRangeConfig },
): void {
  new ResourceQuota(
    'quota',
    {
      metadata: { name: 'quota', namespace, labels: OWNED_LABELS },
      spec: { hard: asText(quota) },
    },
    options,
  );
  new LimitRange(
    'limit-range',
    {
      metadata: { name: 'limit-range', namespace, labels: OWNED_LABELS },
      spec: {
        limits: [
          {
            type: 'Container',
            default: asText(limitRange.default),
            defaultRequest: asText(limitRange.defaultRequest),
            max: asText(limitRange.max),
          },
        ],
      },
    },
    options,
  );
}
