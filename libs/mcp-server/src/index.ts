export { ENDPOINT_ANNOTATION, McpServer } from './mcp-server.js';
export type * from './mcp-server-args.js';
export type * from './profile.js';
export { generic, type GenericOptions } from './profiles/generic.js';
export { githubBridged, type GithubBridgedOptions } from './profiles/github-bridged.js';
export { githubHttp, type GithubHttpOptions } from './profiles/github-http.js';
export { pulumi, type PulumiOptions } from './profiles/pulumi.js';
