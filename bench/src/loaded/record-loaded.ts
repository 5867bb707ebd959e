/**
 * Loaded with `--require` before everything else: writes what a process or thread loads after it, CommonJS and ES
 * modules alike, into a file of its own when it ends.
 */
import { mkdirSync, statSync, writeFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { threadId } from 'node:worker_threads';
import { LOADED_FOLDER, type LoadedModule } from './loaded-module.js';

const parents = new Map<string, string | undefined>();
const modules = new Map<string, LoadedModule>();
let isCounting = true;

registerHooks({
  resolve(specifier, context, nextResolve) {
    const resolved = nextResolve(specifier, context);
    if (!parents.has(resolved.url)) parents.set(resolved.url, context.parentURL);
    return resolved;
  },
  load(url, context, nextLoad) {
    if (isCounting && url.startsWith('file:')) {
      const file = fileURLToPath(url);
      const parent = parents.get(url);
      modules.set(url, {
        file,
        bytes: statSync(file).size,
        ...(parent?.startsWith('file:') === true && { parent: fileURLToPath(parent) }),
      });
    }
    return nextLoad(url, context);
  },
});

process.on('exit', () => {
  const folder = process.env[LOADED_FOLDER];
  if (folder === undefined) return;
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, `${process.pid}-${threadId}.json`), JSON.stringify([...modules.values()]));
});

/** Does not count what `run` loads. */
export function withoutCounting<T>(run: () => T): T {
  isCounting = false;
  try {
    return run();
  } finally {
    isCounting = true;
  }
}

/** Counts nothing from now on. */
export function stopCounting(): void {
  isCounting = false;
}
