export { findWorkspaceRoot } from './find-workspace-root.js';
export { readUpstreams } from './read-upstreams.js';
export { readWorkspace } from './read-workspace.js';
export { readYaml, yamlDocument } from './read-yaml.js';
export { upstreamClosure } from './upstream-closure.js';
export { type Backend, type Environment, type Role, ROLES, type Stack, type Workspace } from './workspace.js';
