import { Resource } from '@pulumi/pulumi';
import * as pulumiDebuggable from '@pulumi/pulumi/runtime/debuggable.js';

/** What takes the traces. Exported by `@pulumi/pulumi`, but its declaration files leave it out as internal. */
const debuggable = pulumiDebuggable as unknown as {
  readonly debugPromiseLeaks: boolean;
  debuggablePromise: (...args: unknown[]) => unknown;
};
const resource = Resource as unknown as { stackTrace: (skip: number) => unknown[] };

/**
 * Spares the stack traces that the SDK takes of every resource, for the engine's source positions, and several times
 * of every registration, to print them where `PULUMI_DEBUG_PROMISE_LEAKS` is set: a recording has neither, and they
 * take a tenth of a run. The traces of errors stay whole.
 *
 * @returns Takes them again.
 */
export function skipStackTraces(): () => void {
  if (debuggable.debugPromiseLeaks) return () => undefined;
  const { debuggablePromise } = debuggable;
  const { stackTrace } = resource;
  debuggable.debuggablePromise = (...args) => {
    const limit = Error.stackTraceLimit;
    Error.stackTraceLimit = 0;
    try {
      return debuggablePromise(...args);
    } finally {
      Error.stackTraceLimit = limit;
    }
  };
  resource.stackTrace = () => [];
  return () => {
    debuggable.debuggablePromise = debuggablePromise;
    resource.stackTrace = stackTrace;
  };
}
