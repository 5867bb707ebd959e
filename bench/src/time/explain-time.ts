import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Command } from '../contestant.js';
import { runProcess } from '../run/run-process.js';
import { type CpuProfile, stacksOf } from './cpu-profile.js';
import { partOf } from './part-of.js';

/** A part of what a run takes. */
export interface PartOfTime {
  readonly part: string;
  /** The mean of the profiled runs, brought to the time of a run that nobody looks at. */
  readonly milliseconds: number;
}

const RUNS = 5;
/** Microseconds between samples. */
const INTERVAL = 200;

/**
 * Where the time of a Node program goes, from runs of their own under V8's profiler, which makes them slower: the shares
 * are theirs, the milliseconds those of the measured time.
 *
 * @param measured What a run takes, in milliseconds.
 * @returns The largest part first; their sum is the measured time.
 */
export async function explainTime(
  { args, ...command }: Command,
  temporary: string,
  measured: number,
): Promise<readonly PartOfTime[]> {
  const parts = new Map<string, number>();
  for (let run = 0; run < RUNS; run += 1) {
    const folder = mkdtempSync(join(temporary, 'profile-'));
    const flags = ['--cpu-prof', '--cpu-prof-dir', folder, '--cpu-prof-interval', String(INTERVAL)];
    const { milliseconds } = await runProcess({ ...command, args: [...flags, ...args] });
    // Before the profiler begins and after it has ended there is Node alone.
    let outside = milliseconds;
    for (const file of readdirSync(folder)) {
      const profile = JSON.parse(readFileSync(join(folder, file), 'utf8')) as CpuProfile;
      for (const { stack, milliseconds: taken } of stacksOf(profile)) {
        outside -= taken;
        const part = partOf(stack);
        parts.set(part, (parts.get(part) ?? 0) + taken);
      }
    }
    const start = partOf([]);
    parts.set(start, (parts.get(start) ?? 0) + outside);
  }
  const sum = [...parts.values()].reduce((one, other) => one + other, 0);
  return [...parts]
    .map(([part, taken]) => ({ part, milliseconds: (taken / sum) * measured }))
    .sort((one, other) => other.milliseconds - one.milliseconds);
}
