import type { RunSummary } from './pulumi/read-event-log.js';

/** What the engine's words mean where nothing is done: `refresh` would take these changes over into the state. */
const MEANING: Readonly<Record<string, string>> = { delete: 'gone', update: 'changed' };

/** Prints the names of what was changed in the cluster. */
export function printDrift(stack: string, summary: RunSummary | undefined): void {
  console.error(`Drift in ${stack}:`);
  for (const { operation, type, name } of summary?.changed ?? []) {
    console.error(`  ${MEANING[operation] ?? operation}: ${type} ${name}`);
  }
}
