import { runtime } from '@pulumi/pulumi';
import * as pulumiState from '@pulumi/pulumi/runtime/state.js';
import { setImmediate } from 'node:timers/promises';
import { keepStructsInProcess } from './in-process-struct.js';
import { RecordingEngine } from './recording-engine.js';
import { RecordingMonitor } from './recording-monitor.js';
import type { Recording, RecordOptions } from './recording.js';
import { skipStackTraces } from './skip-stack-traces.js';

/** The part of Pulumi's run-time state that this package uses; its declaration file leaves it out as internal. */
const state = pulumiState as unknown as {
  withLocalStorage<T>(run: () => Promise<T>): Promise<T>;
  getStore(): { settings: { monitor?: unknown; engine?: unknown } };
};

/**
 * Runs a Pulumi program in this process through Pulumi's own runtime, with a recorder in the engine's place: no
 * engine, no provider, no cluster, no passphrase. It behaves as a preview from nothing does: what is neither an
 * input nor given by `computedOutputs` is unknown.
 *
 * Programs may run one after another in one process, each with a store of its own, not at the same time: an error
 * that nobody awaited surfaces on the process.
 *
 * The store and the protocol messages are exported by `@pulumi/pulumi` but not documented; the test of this package pins their behaviour.
 *
 * @param program What a stack program exports: returns or resolves to the stack's outputs.
 * @throws The first error of the program, also one thrown in an `apply` that nothing awaits.
 */
export async function record(program: () => unknown, options: RecordOptions = {}): Promise<Recording> {
  const named = { project: 'project', stack: 'stack', organization: 'organization', ...options };
  const monitor = new RecordingMonitor(named);
  const engine = new RecordingEngine();
  const errors: unknown[] = [];
  const onError = (error: unknown): void => {
    errors.push(error);
  };
  const giveBack = [
    ...UNHANDLED.map((event) => takeOver(event, onError)),
    skipStackTraces(),
    keepStructsInProcess(),
  ];
  try {
    await state.withLocalStorage(async () => {
      runtime.resetOptions(named.project, named.stack, -1, '', 'recorder', true, named.organization);
      const { settings } = state.getStore();
      settings.monitor = monitor;
      settings.engine = engine;
      runtime.setAllConfig({ ...named.config }, [...(named.secretKeys ?? [])]);
      try {
        await runtime.runInPulumiStack(async () => await program());
      } catch (error) {
        onError(error);
      }
      await runtime.disconnect(errors.length === 0).catch(onError);
    });
    // An unhandled rejection is reported after the microtasks of the turn that made it.
    await setImmediate();
  } finally {
    for (const restore of giveBack) restore();
  }
  if (errors.length > 0) throw errors[0];
  return {
    resources: monitor.resources,
    logs: engine.logs,
    outputs: monitor.stackOutputs,
    stackReferences: [...monitor.stackReferences],
  };
}

const UNHANDLED = ['unhandledRejection', 'uncaughtException'] as const;

/** Makes `listener` the only one for an event of the process; the returned function restores the former ones. */
function takeOver(event: (typeof UNHANDLED)[number], listener: (error: unknown) => void): () => void {
  const former = process.listeners(event as 'uncaughtException');
  process.removeAllListeners(event);
  process.on(event, listener);
  return () => {
    process.off(event, listener);
    for (const one of former) process.on(event, one);
  };
}
