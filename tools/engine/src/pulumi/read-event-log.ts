import { existsSync, readFileSync } from 'node:fs';
import type { Operation } from '../operation.js';

/** A resource that would change or has changed. */
export interface ChangedResource {
  readonly operation: string;
  readonly type: string;
  /** Its name in the program. */
  readonly name: string;
  /** What its provider calls it: `namespace/name` of an object of Kubernetes. */
  readonly id: string;
  /** The fields that changed, where the provider says; secret values are `[secret]`. */
  readonly fields: readonly { readonly path: string; readonly before: unknown; readonly after: unknown }[];
}

/** What the engine's event log says about a run. */
export interface RunSummary {
  /** Number of resources by operation, as the engine calls them: `create`, `update`, `same`, … */
  readonly resourceChanges: Readonly<Record<string, number>>;
  /** The resources that would change or have changed: those that a provider manages. */
  readonly changed: readonly ChangedResource[];
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
  /** What resources and programs were warned of and failed with. */
  readonly messages: readonly string[];
  /** The resources that are there at the end, each as the engine saw it last. */
  readonly present: readonly PresentResource[];
  /** In order, those that change nothing included. */
  readonly steps: readonly PlannedStep[];
  /** The resources that could not be made or changed, or did not become what they were made for. */
  readonly failed: readonly FailedResource[];
}

/** A resource that is there; secret values are `[secret]`. */
export interface PresentResource {
  readonly type: string;
  /** Its name in the program. */
  readonly name: string;
  readonly id: string;
  /** As the state had it. */
  readonly deployed: Readonly<Record<string, unknown>>;
  /** As the program states it. */
  readonly declared: Readonly<Record<string, unknown>>;
  /** As the cluster has it. */
  readonly live: Readonly<Record<string, unknown>>;
}

/** What the engine does to a resource, or would do; without any value of it. */
export interface PlannedStep {
  /** As the engine calls it: `create`, `update`, `replace`, … */
  readonly operation: string;
  readonly urn: string;
  readonly type: string;
  /** Whether a provider manages it; components have nothing in the cluster. */
  readonly custom: boolean;
  /** What its provider calls it; empty while it is not there. */
  readonly id: string;
  /** What it is as an object of Kubernetes; of a deletion, what it was. */
  readonly inputs: Readonly<Record<string, unknown>>;
  /** The fields that differ. */
  readonly diffReasons: readonly string[];
  /** Those of them that cannot be changed in place. */
  readonly replaceReasons: readonly string[];
}

/** A resource that an operation failed on. */
export interface FailedResource {
  readonly type: string;
  /** As the program states them; secret values are `[secret]`. */
  readonly inputs: Readonly<Record<string, unknown>>;
}

interface StepMetadata {
  op: string;
  urn: string;
  type: string;
  old?: StepState | null;
  new?: StepState | null;
  detailedDiff?: Record<string, unknown> | null;
  diffs?: string[] | null;
  keys?: string[] | null;
}

interface StepState {
  custom?: boolean;
  id?: string;
  inputs?: Record<string, unknown>;
  outputs?: Record<string, unknown>;
}

interface EngineEvent {
  resourcePreEvent?: { metadata: StepMetadata };
  resOpFailedEvent?: { metadata: StepMetadata };
  resOutputsEvent?: { metadata: StepMetadata };
  stdoutEvent?: { message: string };
  diagnosticEvent?: { message: string; severity: string };
  summaryEvent?: { resourceChanges?: Record<string, number>; isPreview?: boolean };
}

const UNCHANGED = new Set(['same', 'refresh', 'read']);

/**
 * Reads the file that Pulumi wrote for `--event-log` (one JSON object a line; what the Automation API reads). Of an
 * `up` that was previewed first, the part after the preview counts.
 */
export function readEventLog(file: string): EventLog {
  let summary: RunSummary | undefined;
  let changed: ChangedResource[] = [];
  const messages: string[] = [];
  const failed: FailedResource[] = [];
  const steps: PlannedStep[] = [];
  const present = new Map<string, PresentResource>();
  let cancelled = false;
  for (const line of existsSync(file) ? readFileSync(file, 'utf8').split('\n') : []) {
    const event = parseLine(line);
    if (event.resourcePreEvent !== undefined) steps.push(plannedStep(event.resourcePreEvent.metadata));
    const step = event.resOutputsEvent?.metadata;
    if (step !== undefined && isChange(step)) {
      changed.push(changeOf(step));
    }
    if (step?.new?.custom === true && step.new.outputs !== undefined) {
      present.set(step.urn, {
        type: step.type,
        name: nameIn(step.urn),
        id: step.new.id ?? step.old?.id ?? '',
        deployed: step.old?.inputs ?? {},
        declared: step.new.inputs ?? {},
        live: step.new.outputs,
      });
    } else if (step?.op === 'delete') present.delete(step.urn);
    const failure = event.resOpFailedEvent?.metadata;
    if (failure !== undefined) {
      failed.push({ type: failure.type, inputs: (failure.new ?? failure.old)?.inputs ?? {} });
    }
    if (event.summaryEvent !== undefined) {
      summary = { resourceChanges: event.summaryEvent.resourceChanges ?? {}, changed };
      changed = [];
    }
    const { severity, message } = event.diagnosticEvent ?? {};
    if (message !== undefined && (severity === 'error' || severity === 'warning')) messages.push(message);
    // `pkg/backend/cancellation_scope.go`
    if (/received; (cancelling|terminating)/.test(event.stdoutEvent?.message ?? '')) cancelled = true;
  }
  return { summary, cancelled, messages, failed, steps, present: [...present.values()] };
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

function plannedStep({
  op,
  urn,
  type,
  old,
  new: next,
  diffs,
  detailedDiff,
  keys,
}: StepMetadata): PlannedStep {
  const state = next ?? old;
  return {
    operation: op,
    urn,
    type,
    custom: state?.custom === true,
    id: old?.id ?? next?.id ?? '',
    inputs: state?.inputs ?? {},
    diffReasons: diffs ?? Object.keys(detailedDiff ?? {}),
    replaceReasons: keys ?? [],
  };
}

function changeOf({ op, urn, type, old, new: next, detailedDiff }: StepMetadata): ChangedResource {
  return {
    operation: op,
    type,
    name: nameIn(urn),
    id: old?.id ?? next?.id ?? '',
    fields: Object.keys(detailedDiff ?? {}).map((path) => ({
      path,
      before: valueAt(old?.outputs, path),
      after: valueAt(next?.outputs, path),
    })),
  };
}

function nameIn(urn: string): string {
  return urn.split('::').slice(3).join('::');
}

/** The value at a property path as the engine writes it: `spec.rules[0].verbs`, `metadata.labels["a.b/c"]`. */
function valueAt(value: unknown, path: string): unknown {
  let current = value;
  for (const [, quoted, index, name] of path.matchAll(/\["((?:[^"\\]|\\.)*)"\]|\[(\d+)\]|([^.[\]]+)/g)) {
    if (typeof current !== 'object' || current === null) return undefined;
    const key = quoted?.replaceAll(/\\(.)/g, '$1') ?? index ?? name ?? '';
    current = (current as Record<string, unknown>)[key];
  }
  return current;
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
