import * as nodeModule from 'node:module';
import { join } from 'node:path';

/** Where Node keeps what it compiled, for the next run. A new install starts with an empty one. */
const FOLDER = join(__dirname, '../../../../node_modules/.cache/mcp-stacks/compile');

/** Missing in a Node older than 22.1, which npm scripts of this workspace never use. */
const { enableCompileCache } = nodeModule as { enableCompileCache?: (folder: string) => void };

/** Makes Node keep what it compiles, and take what it compiled before; `NODE_COMPILE_CACHE` names another place. */
export function keepCompiled(): void {
  enableCompileCache?.(FOLDER);
}
