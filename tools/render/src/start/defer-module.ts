import { Module } from 'node:module';

/**
 * Puts off loading a CommonJS module until something of it is used: a stand-in takes its place in `require.cache`, and
 * the first look at it loads the real one. Nothing changes but the time: who has the stand-in gets everything from the
 * real module, and who asks for it afterwards gets the real module itself.
 *
 * A module that is not there, or already loaded, stays as it is.
 *
 * @param file What `require` of the module that loads it takes.
 * @param from `require` of that module, or of another in its package.
 */
export function deferModule(file: string, from: NodeJS.Require): void {
  let path: string;
  try {
    path = from.resolve(file);
  } catch {
    return;
  }
  if (from.cache[path] !== undefined) return;
  let exported: object | undefined;
  const real = (): object => {
    if (exported === undefined) {
      Reflect.deleteProperty(from.cache, path);
      exported = from(path) as object;
    }
    return exported;
  };
  const standIn = new Module(path);
  standIn.filename = path;
  standIn.loaded = true;
  standIn.exports = new Proxy(callable(), {
    get(_target, key) {
      // An ES module's namespace is passed on as it is; every other one is copied when it is imported, and so loaded.
      if (key === '__esModule') return true;
      const module = real() as Record<PropertyKey, unknown>;
      return key === 'default' && module.__esModule !== true ? module : module[key];
    },
    set: (_target, key, value) => Reflect.set(real(), key, value),
    has: (_target, key) => key in real(),
    ownKeys: () => Reflect.ownKeys(real()),
    getOwnPropertyDescriptor(_target, key) {
      const descriptor = Reflect.getOwnPropertyDescriptor(real(), key);
      // The proxy's own target has no such property, which must not be denied of a fixed one.
      return descriptor && { ...descriptor, configurable: true };
    },
    apply: (_target, self, args) => Reflect.apply(real() as () => unknown, self, args) as unknown,
    construct: (_target, args, newTarget) =>
      Reflect.construct(real() as new () => object, args, newTarget) as object,
  });
  from.cache[path] = standIn;
}

/** What a proxy can stand for that is called or constructed; bound, since it then has no properties that are fixed. */
function callable(): () => void {
  return function () {
    throw new Error('never called: the proxy is');
  }.bind(undefined);
}
