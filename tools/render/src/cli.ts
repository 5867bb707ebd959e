import * as nodeModule from 'node:module';

// Before anything else is loaded. Missing in a Node older than 22.1, which npm scripts of this workspace never use.
(nodeModule as { enableCompileCache?: () => void }).enableCompileCache?.();

void (async () => {
  const { runCommandLine } = await import('./command-line.js');
  process.exitCode = await runCommandLine(process.argv.slice(2));
})();
