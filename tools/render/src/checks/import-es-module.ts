import { constants, Script } from 'node:vm';

/**
 * Imports an ES module from this CommonJS one.
 *
 * Jest, in which the tests and the suite on a cluster run, gives the code under test a context of its own, in which
 * `import()` is refused without a flag of Node's. There Node's own loader in the main context does it:
 * https://nodejs.org/docs/latest-v24.x/api/vm.html#support-of-dynamic-import-in-compilation-apis
 */
export async function importEsModule(specifier: string): Promise<Record<string, unknown>> {
  try {
    return (await import(specifier)) as Record<string, unknown>;
  } catch (error) {
    if (!String((error as { code?: unknown }).code).startsWith('ERR_VM_DYNAMIC_IMPORT')) throw error;
    const script = new Script('(specifier) => import(specifier)', {
      filename: __filename,
      importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
    });
    const importInMainContext = script.runInThisContext() as typeof importEsModule;
    return await importInMainContext(specifier);
  }
}
