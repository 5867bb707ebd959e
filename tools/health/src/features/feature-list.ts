import { z } from 'zod';

const schema = z.record(z.string(), z.unknown());
const described = { title: z.string().optional(), description: z.string().optional() };

const tool = z.object({
  name: z.string(),
  ...described,
  /** JSON Schema of the arguments. */
  inputSchema: schema,
  /** JSON Schema of the structured result. */
  outputSchema: schema.optional(),
  /** Hints, such as `readOnlyHint`. */
  annotations: schema.optional(),
});
const resource = z.object({
  uri: z.string(),
  name: z.string(),
  ...described,
  mimeType: z.string().optional(),
});
const resourceTemplate = z.object({
  uriTemplate: z.string(),
  name: z.string(),
  ...described,
  mimeType: z.string().optional(),
});
const prompt = z.object({
  name: z.string(),
  ...described,
  arguments: z
    .array(
      z.object({ name: z.string(), description: z.string().optional(), required: z.boolean().optional() }),
    )
    .optional(),
});

/** What a server said of itself, as it is kept; keys that are not named here are left out. */
export const featureList = z.object({
  server: z.object({ name: z.string(), version: z.string() }),
  /** Revision of MCP that server and client agreed on: `2025-11-25`. */
  protocolVersion: z.string(),
  instructions: z.string().optional(),
  /** Whether a bearer token was sent: what a server offers may depend on it. */
  authenticated: z.boolean(),
  tools: z.array(tool),
  resources: z.array(resource),
  resourceTemplates: z.array(resourceTemplate),
  prompts: z.array(prompt),
});

/** What an MCP server offers its clients, each list in the order of its names. */
export type FeatureList = z.infer<typeof featureList>;
export type Tool = FeatureList['tools'][number];
export type Prompt = FeatureList['prompts'][number];
