import { compareObjects } from './compare-objects.js';
import { type Findings, findings } from './findings.js';
import { type Action, ACTIONS, type ObjectChange } from './object-change.js';
import { type Rendering, type StackRendering } from './rendering.js';

/** How two renders differ. */
export interface Comparison {
  readonly environments: readonly EnvironmentComparison[];
}

export interface EnvironmentComparison {
  readonly name: string;
  readonly stacks: readonly StackComparison[];
}

/** How one stack differs in one environment. */
export interface StackComparison {
  readonly stack: string;
  readonly environment: string;
  /** Whether one of the renders does not have it at all. */
  readonly presence: 'both' | 'new' | 'gone';
  readonly changes: readonly ObjectChange[];
  readonly counts: Readonly<Record<Action, number>>;
  /** Number of objects that stay as they are. */
  readonly unchanged: number;
  /** Absent where the base was rendered by a version that did not write them. */
  readonly findings?: Findings;
}

/** Compares two renders, in the order of the new one; what only the old one has comes last. */
export function compareRenderings(base: Rendering, head: Rendering): Comparison {
  const names = union(base.environments, head.environments, ({ name }) => name);
  return {
    environments: names.map((name) => {
      const [old, current] = [base, head].map(
        ({ environments }) => environments.find((one) => one.name === name)?.stacks ?? [],
      );
      const stacks = union(old ?? [], current ?? [], ({ stack }) => stack).map((stack) =>
        compareStack(
          { stack, environment: name },
          old?.find((one) => one.stack === stack),
          current?.find((one) => one.stack === stack),
        ),
      );
      return { name, stacks: withMoves(stacks) };
    }),
  };
}

/** Whether nothing at all is to be said of a stack's change. */
export function isUnchanged({ changes, findings: found }: StackComparison): boolean {
  return (
    changes.length === 0 &&
    Object.values(found ?? {}).every(({ added, removed }) => added.length + removed.length === 0)
  );
}

function compareStack(
  { stack, environment }: { readonly stack: string; readonly environment: string },
  before: StackRendering | undefined,
  after: StackRendering | undefined,
): StackComparison {
  const changes = compareObjects(before?.objects ?? [], after?.objects ?? []);
  const counts = Object.fromEntries(
    ACTIONS.map((action) => [action, changes.filter((one) => one.action === action).length]),
  ) as Record<Action, number>;
  const isKnown = [before, after].every((one) => one === undefined || one.summary !== undefined);
  return {
    stack,
    environment,
    presence: before === undefined ? 'new' : after === undefined ? 'gone' : 'both',
    changes,
    counts,
    unchanged: (after?.objects.length ?? 0) - counts.create - counts.change - counts.replace,
    ...(isKnown && { findings: findings(before?.summary, after?.summary) }),
  };
}

/** An object that leaves one stack for another is made while the old one is still there, or deleted after it. */
function withMoves(stacks: readonly StackComparison[]): readonly StackComparison[] {
  const all = stacks.flatMap(({ stack, changes }) => changes.map((change) => ({ stack, change })));
  const elsewhere = (own: string, action: Action, key: string | undefined): string | undefined =>
    all.find(
      ({ stack, change }) =>
        stack !== own && change.action === action && (change.before ?? change.after)?.key === key,
    )?.stack;
  return stacks.map((one) => ({
    ...one,
    changes: one.changes.map((change) => {
      if (change.action !== 'create' && change.action !== 'delete') return change;
      const creates = change.action === 'create';
      const key = (change.before ?? change.after)?.key;
      const other = elsewhere(one.stack, creates ? 'delete' : 'create', key);
      if (other === undefined) return change;
      const reason = creates
        ? `it moves here from ${other}, which deletes it when it is deployed`
        : `it moves to ${other}, and deleting it here hits what is made there`;
      return { ...change, reasons: [...change.reasons, reason] };
    }),
  }));
}

function union<T>(base: readonly T[], head: readonly T[], name: (one: T) => string): readonly string[] {
  return [...new Set([...head.map(name), ...base.map(name)])];
}
