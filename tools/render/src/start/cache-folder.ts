import { join } from 'node:path';

const NODE_MODULES = join(__dirname, '../../../../node_modules');

/** What npm writes down of all that it installed, with each package's version and checksum. */
export const INSTALLED_PACKAGES = join(NODE_MODULES, '.package-lock.json');

/**
 * What one run keeps for the next. A new install starts with an empty one; it may be deleted at any time.
 * `MCP_STACKS_CACHE` names another folder.
 */
export const CACHE_FOLDER = process.env.MCP_STACKS_CACHE ?? join(NODE_MODULES, '.cache/mcp-stacks');

/** What Node compiled. */
export const COMPILE_CACHE_FOLDER = join(CACHE_FOLDER, 'compile');
