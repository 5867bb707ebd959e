import type { Contract } from '@mcp-stacks/stack';
import { z } from 'zod';

const outputs = z.strictObject({
  /** Name of the Deployment and the Service. */
  name: z.string(),
  /** Whether it is deployed. */
  enabled: z.boolean(),
  /** Where clients in the cluster reach it; absent if it is not deployed. */
  url: z.url().optional(),
});

/** What a stack with one MCP server promises. */
export function serverContract(stack: string): Contract<typeof outputs> {
  return { stack, outputs };
}
