import type { Contract } from '@mcp-stacks/stack';
import { z } from 'zod';

/** What `weather-platform` promises to those who deploy into its namespace. */
export const platformContract = {
  stack: 'weather-platform',
  outputs: z.strictObject({
    namespace: z.string(),
    /** The Secret that holds the key of the weather service, and its key inside. */
    apiKey: z.strictObject({ secretName: z.string(), key: z.string() }),
  }),
} satisfies Contract;
