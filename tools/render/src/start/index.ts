export { COMPILE_CACHE_FOLDER } from './cache-folder.js';
export { keepCompiled } from './compile-cache.js';
export { deferUnusedModules } from './defer-unused-modules.js';
