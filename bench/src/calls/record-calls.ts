/**
 * Loaded with `--require` before everything else: writes how often each function of a process was called when it
 * ends. Functions that are built into Node or V8 are not counted, what these call back is.
 */
import { writeFileSync } from 'node:fs';
import { Session } from 'node:inspector';
import { CALLS_FILE, type FunctionCalls } from './function-calls.js';

const file = process.env[CALLS_FILE];
if (file !== undefined) {
  const session = new Session();
  session.connect();
  session.post('Profiler.enable');
  session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: false });
  process.on('exit', () => {
    // It answers at once where the session is this thread's own.
    session.post('Profiler.takePreciseCoverage', (error, coverage) => {
      if (error !== null) throw error;
      const calls = coverage.result
        .filter(({ url }) => url.startsWith('file:'))
        .flatMap(({ url, functions }) =>
          functions.map(({ functionName, ranges: [range] }): FunctionCalls => ({
            url,
            name: functionName,
            offset: range?.startOffset ?? 0,
            count: range?.count ?? 0,
          })),
        );
      writeFileSync(file, JSON.stringify(calls));
    });
  });
}
