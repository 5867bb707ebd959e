import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format } from 'prettier';
import { measureLoaded } from './measure-loaded.js';
import { type LoadedSummary, summaryOf } from './summary.js';

/** The one file of the recorded numbers. */
export function recordedFile(root: string): string {
  return join(root, 'bench', 'loaded-modules.json');
}

export function readRecorded(root: string): LoadedSummary {
  return JSON.parse(readFileSync(recordedFile(root), 'utf8')) as LoadedSummary;
}

/** Measures and records what programs load now. @returns the file */
export async function acceptLoaded(root: string): Promise<string> {
  const file = recordedFile(root);
  const summary = summaryOf(await measureLoaded(root), root);
  writeFileSync(file, await format(JSON.stringify(summary, undefined, 2), { parser: 'json' }));
  return file;
}
