import { Resource } from '@pulumi/pulumi';
import * as pulumiDebuggable from '@pulumi/pulumi/runtime/debuggable.js';
import * as pulumiState from '@pulumi/pulumi/runtime/state.js';

type Watch = <T>(promise: Promise<T>, context: string) => Promise<T>;

/** What takes the traces. Exported by `@pulumi/pulumi`, but its declaration files leave it out as internal. */
const debuggable = pulumiDebuggable as unknown as {
  readonly debugPromiseLeaks: boolean;
  debuggablePromise: Watch;
};
const resource = Resource as unknown as { stackTrace: (skip: number) => unknown[] };
const state = pulumiState as unknown as { getStore(): { leakCandidates: Set<unknown> } };

/** Whether the SDK watches for the end of the process, to tell of promises that nothing ever settled. */
let watchesExit = false;

/**
 * Spares the stack traces that the SDK takes of every resource, for the engine's source positions, and several times
 * of every registration, to print them where `PULUMI_DEBUG_PROMISE_LEAKS` is set: a recording has neither, and they
 * take a tenth of its time and a fifth of its memory. The traces of errors stay whole.
 *
 * @returns Takes them again.
 */
export function skipStackTraces(): () => void {
  if (debuggable.debugPromiseLeaks) return () => undefined;
  const { debuggablePromise } = debuggable;
  const { stackTrace } = resource;
  debuggable.debuggablePromise = (promise, context) => {
    if (watchesExit) return watch(promise);
    watchesExit = true;
    return debuggablePromise(promise, context);
  };
  resource.stackTrace = () => [];
  return () => {
    debuggable.debuggablePromise = debuggablePromise;
    resource.stackTrace = stackTrace;
  };
}

/** What the SDK's `debuggablePromise` does, but for what it notes on the promise. */
function watch<T>(promise: Promise<T>): Promise<T> {
  const { leakCandidates } = state.getStore();
  leakCandidates.add(promise);
  return promise.then(
    (value) => {
      leakCandidates.delete(promise);
      return value;
    },
    (error: unknown) => {
      leakCandidates.delete(promise);
      throw Object.assign(error as Error, { promise });
    },
  );
}
