export { McpInspector } from './mcp-inspector.js';
export type * from './mcp-inspector-args.js';
