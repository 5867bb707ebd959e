import type { FeatureList, Tool } from '../src/features/feature-list.js';

/** A list with nothing in it but what a test states. */
export function features(over: Partial<FeatureList> = {}): FeatureList {
  return {
    server: { name: 'search', version: '1.0.0' },
    protocolVersion: '2025-11-25',
    authenticated: false,
    tools: [],
    resources: [],
    resourceTemplates: [],
    prompts: [],
    ...over,
  };
}

/** A tool `find` with a required `query` and an optional `limit`. */
export function find(over: Partial<Tool> = {}): Tool {
  return {
    name: 'find',
    description: 'Finds.',
    inputSchema: {
      type: 'object',
      properties: { query: { type: 'string' }, limit: { type: 'integer' } },
      required: ['query'],
    },
    ...over,
  };
}
