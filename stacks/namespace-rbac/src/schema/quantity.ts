import { parseQuantity } from '@mcp-stacks/k8s-app';
import { z } from 'zod';

const EXPECTED = 'a Kubernetes quantity, as 500m or 2 (cores), 512Mi or 5Gi (bytes)';

/** An amount as Kubernetes writes it; a plain number is taken as well, since YAML makes one of an unquoted 2. */
export const quantity = z
  .union([z.string(), z.number()])
  .refine((amount) => parseQuantity(String(amount)) !== undefined, { error: EXPECTED })
  .meta({ expected: EXPECTED });

export type Quantity = z.output<typeof quantity>;

/** Whether the first quantity is the larger one; `false` for what is no quantity, which has its own problem. */
export function exceeds(one: Quantity, limit: Quantity): boolean {
  return (parseQuantity(String(one)) ?? 0) > (parseQuantity(String(limit)) ?? Infinity);
}

/** The quantities as Kubernetes takes them, as text. */
export function asText(quantities: Readonly<Partial<Record<string, Quantity>>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(quantities).flatMap(([name, amount]) =>
      amount === undefined ? [] : [[name, String(amount)]],
    ),
  );
}
