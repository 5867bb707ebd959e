import * as nodeModule from 'node:module';
import { COMPILE_CACHE_FOLDER } from './cache-folder.js';

/** Missing in a Node older than 22.1, which npm scripts of this workspace never use. */
const { enableCompileCache } = nodeModule as { enableCompileCache?: (folder: string) => void };

/** Makes Node keep what it compiles, and take what it compiled before; `NODE_COMPILE_CACHE` names another place. */
export function keepCompiled(): void {
  enableCompileCache?.(COMPILE_CACHE_FOLDER);
}
