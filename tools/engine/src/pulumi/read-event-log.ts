import { existsSync, readFileSync } from 'node:fs';
import type { Operation } from '../operation.js';

/** What the engine's event log says about a run. */
export interface RunSummary {
  /** Number of resources by operation, as the engine calls them: `create`, `update`, `same`, … */
  readonly resourceChanges: Readonly<Record<string, number>>;
  /** The resources that would change or have changed: those that a provider manages. */
  readonly changed: readonly { readonly operation: string; readonly type: string; readonly name: string }[];
}

/** What the engine's event log says about how a run ended. */
export interface EventLog {
  /** `undefined` where it ended before the engine had a summary. */
  readonly summary: RunSummary | undefined;
  /**
   * Whether the user cancelled it. On a terminal only the engine knows: its display takes Ctrl-C as a key, so that no
   * signal reaches us.
   */
  readonly cancelled: boolean;
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
  stdoutEvent?: { message: string };
  summaryEvent?: { resourceChanges?: Record<string, number>; isPreview?: boolean };
}

const UNCHANGED = new Set(['same', 'refresh', 'read']);

/**
 * Reads the file that Pulumi wrote for `--event-log` (one JSON object a line; what the Automation API reads). Of an
 * `up` that was previewed first, the part after the preview counts.
 */
export function readEventLog(file: string): EventLog {
  let summary: RunSummary | undefined;
  let changed: RunSummary['changed'][number][] = [];
  let cancelled = false;
  for (const line of existsSync(file) ? readFileSync(file, 'utf8').split('\n') : []) {
    const event = parseLine(line);
    const step = event.resOutputsEvent?.metadata;
    if (step !== undefined && isChange(step)) {
      changed.push({ operation: step.op, type: step.type, name: step.urn.split('::').slice(3).join('::') });
    }
    if (event.summaryEvent !== undefined) {
      summary = { resourceChanges: event.summaryEvent.resourceChanges ?? {}, changed };
      changed = [];
    }
    // `pkg/backend/cancellation_scope.go`
    if (/received; (cancelling|terminating)/.test(event.stdoutEvent?.message ?? '')) cancelled = true;
  }
  return { summary, cancelled };
}

/** The last line is cut off where Pulumi was killed. */
function parseLine(line: string): EngineEvent {
  try {
    return JSON.parse(line) as EngineEvent;
  } catch {
    return {};
  }
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
