import type * as commandLine from './command-line.js';
import { deferUnusedModules } from './start/defer-unused-modules.js';
import { keepCompiled } from './start/compile-cache.js';

// Before anything else is loaded.
keepCompiled();
deferUnusedModules();

// Loaded after those, so not imported.
// eslint-disable-next-line @typescript-eslint/no-require-imports
const { runCommandLine } = require('./command-line.js') as typeof commandLine;

void (async () => {
  process.exitCode = await runCommandLine(process.argv.slice(2));
})();
