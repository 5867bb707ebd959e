import { existsSync, readFileSync } from 'node:fs';

/** What the engine's event log says about a run. */
export interface RunSummary {
  /** Number of resources by operation, as the engine calls them: `create`, `update`, `same`, … */
  readonly resourceChanges: Readonly<Record<string, number>>;
  /** The resources that would change or have changed. */
  readonly changed: readonly { readonly operation: string; readonly type: string; readonly name: string }[];
}

interface EngineEvent {
  resOutputsEvent?: { metadata: { op: string; urn: string; type: string } };
  summaryEvent?: { resourceChanges?: Record<string, number>; isPreview?: boolean };
}

const UNCHANGED = new Set(['same', 'refresh', 'read']);

/**
 * Reads the file that Pulumi wrote for `--event-log` (one JSON object a line; what the Automation API reads). Of an
 * `up` that was previewed first, the part after the preview counts.
 *
 * @returns `undefined` where the run ended before the engine had a summary.
 */
export function readEventLog(file: string): RunSummary | undefined {
  if (!existsSync(file)) return undefined;
  let summary: RunSummary | undefined;
  let changed: RunSummary['changed'][number][] = [];
  for (const line of readFileSync(file, 'utf8').split('\n')) {
    if (line === '') continue;
    const { resOutputsEvent, summaryEvent } = JSON.parse(line) as EngineEvent;
    if (resOutputsEvent !== undefined && !UNCHANGED.has(resOutputsEvent.metadata.op)) {
      const { op, urn, type } = resOutputsEvent.metadata;
      changed.push({ operation: op, type, name: urn.split('::').slice(3).join('::') });
    }
    if (summaryEvent !== undefined) {
      summary = { resourceChanges: summaryEvent.resourceChanges ?? {}, changed };
      changed = [];
    }
  }
  return summary;
}

/** `2 create, 1 same`, as a cell of a table. */
export function describeChanges(summary: RunSummary | undefined): string {
  const counts = Object.entries(summary?.resourceChanges ?? {}).filter(([, count]) => count > 0);
  return counts.map(([operation, count]) => `${count} ${operation}`).join(', ');
}
