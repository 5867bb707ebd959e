import { constants, Script } from 'node:vm';

/**
 * `import()` by Node's own loader in the main context. Jest, in which the tests and the suite on a cluster run, gives
 * the code under test a context in which the plain `import()` is refused without a flag.
 *
 * Source: https://nodejs.org/docs/latest-v24.x/api/vm.html#support-of-dynamic-import-in-compilation-apis
 */
export const importEsModule = new Script('(specifier) => import(specifier)', {
  filename: __filename,
  importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
}).runInThisContext() as (specifier: string) => Promise<Record<string, unknown>>;
