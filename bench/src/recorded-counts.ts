import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { measureCalls } from './calls/measure-calls.js';
import { measureLoaded } from './loaded/measure-loaded.js';
import { type LoadedSummary, summaryOf } from './loaded/summary.js';
import { writeFormatted } from './write-formatted.js';

/** The counts that are guarded: `bench/counts.json`. */
export interface RecordedCounts {
  /** What each program loads. */
  readonly loaded: LoadedSummary;
  /** Calls of functions that one more server takes in `render`. */
  readonly callsOfAServer: number;
}

export function readCounts(root: string): RecordedCounts {
  return JSON.parse(readFileSync(countsFile(root), 'utf8')) as RecordedCounts;
}

/** Measures and records the counts as they are now. @returns the file */
export async function acceptCounts(root: string): Promise<string> {
  const counts: RecordedCounts = {
    loaded: summaryOf(await measureLoaded(root), root),
    callsOfAServer: (await measureCalls(root)).callsOfAServer,
  };
  const file = countsFile(root);
  await writeFormatted(file, JSON.stringify(counts, undefined, 2));
  return file;
}

function countsFile(root: string): string {
  return join(root, 'bench', 'counts.json');
}
