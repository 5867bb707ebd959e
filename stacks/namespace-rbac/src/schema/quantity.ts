import { parseQuantity } from '@mcp-stacks/k8s-app';
import { z } from 'zod';

const EXPECTED = 'a Kubernetes quantity, as 500m or 2 (cores), 512Mi or 5Gi (bytes)';

/** An amount as Kubernetes writes it; a plain number is taken as well, since YAML makes one of an unquoted 2. */
export const quantity = z
  .union([z.string(), z.number()])
  .meta({ expected: EXPECTED })
  .transform(String)
  .refine((text) => parseQuantity(text) !== undefined, { error: EXPECTED });

/** Whether the first quantity is the larger one; `false` for what is no quantity, which has its own problem. */
export function exceeds(quantity: string, limit: string): boolean {
  return (parseQuantity(quantity) ?? 0) > (parseQuantity(limit) ?? Infinity);
}
