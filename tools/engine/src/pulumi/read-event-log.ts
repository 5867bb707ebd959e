import { existsSync, readFileSync } from 'node:fs';
import type { Operation } from '../operation.js';

/** What the engine's event log says about a run. */
export interface RunSummary {
  /** Number of resources by operation, as the engine calls them: `create`, `update`, `same`, … */
  readonly resourceChanges: Readonly<Record<string, number>>;
  /** The resources that would change or have changed: those that a provider manages. */
  readonly changed: readonly { readonly operation: string; readonly type: string; readonly name: string }[];
}

interface StepMetadata {
  op: string;
  urn: string;
  type: string;
  old?: { custom?: boolean } | null;
  new?: { custom?: boolean } | null;
}

interface EngineEvent {
  resOutputsEvent?: { metadata: StepMetadata };
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
    if (resOutputsEvent !== undefined && isChange(resOutputsEvent.metadata)) {
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

/**
 * Components have nothing in the cluster, and a refresh that runs the program reports every provider as updated; the
 * engine's own summary counts neither.
 */
function isChange({ op, type, old, new: next }: StepMetadata): boolean {
  const isManaged = (old ?? next)?.custom === true && !type.startsWith('pulumi:providers:');
  return isManaged && !UNCHANGED.has(op);
}

/**
 * `2 create, 1 same`, as a cell of a table.
 *
 * With `destroy`, only what is deleted counts: of the program that it runs for its provider settings, the engine
 * counts every resource as well.
 */
export function describeChanges(operation: Operation, summary: RunSummary | undefined): string {
  return Object.entries(summary?.resourceChanges ?? {})
    .filter(([change, count]) => count > 0 && (operation !== 'destroy' || change === 'delete'))
    .map(([change, count]) => `${count} ${change}`)
    .join(', ');
}
