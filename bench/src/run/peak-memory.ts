import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type Command } from '../contestant.js';
import { runProcess } from './run-process.js';

/** Loaded into every Node process of a measured command; see there. */
const RECORDER = join(__dirname, 'record-peak-memory.js');
/** The variable that names the file to the recorder. */
export const PEAK_FILE = 'MCP_STACKS_BENCH_PEAK_FILE';

/**
 * Runs a command once more, for its memory alone: looking disturbs the time.
 *
 * @returns The peak resident memory of its largest process, in bytes; `undefined` where the system does not tell.
 */
export async function peakMemory(command: Command, temporary: string): Promise<number | undefined> {
  const file = join(temporary, 'peak-memory');
  rmSync(file, { force: true });
  let peak = 0;
  await runProcess(
    { ...command, env: { ...command.env, NODE_OPTIONS: `--require "${RECORDER}"`, [PEAK_FILE]: file } },
    (pid) => {
      // What is no Node process tells through the system alone, while it runs.
      const status = `/proc/${pid}/status`;
      if (!existsSync(status)) return () => undefined;
      const timer = setInterval(() => {
        peak = Math.max(peak, highWaterMark(status));
      }, 1);
      return () => {
        clearInterval(timer);
      };
    },
  );
  const told = existsSync(file) ? readFileSync(file, 'utf8').split('\n').filter(Boolean).map(Number) : [];
  const largest = Math.max(peak, ...told);
  return largest === 0 ? undefined : largest;
}

function highWaterMark(status: string): number {
  try {
    return Number(/^VmHWM:\s*(\d+) kB/m.exec(readFileSync(status, 'utf8'))?.[1] ?? 0) * 1024;
  } catch {
    // It has ended meanwhile.
    return 0;
  }
}
