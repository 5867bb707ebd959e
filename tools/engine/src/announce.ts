import pc from 'picocolors';
import type { PreparedStack } from './prepare-stacks.js';

/** What a command acts on, before it acts: `cluster testbed (https://…) · state local files`. */
export function describeTarget({ cluster, backend }: PreparedStack): string {
  const where = cluster === undefined ? 'no cluster' : `cluster ${cluster.name} (${cluster.server})`;
  return `${where} · state ${backend.location}`;
}

/** Prints what a command acts on, and what was noticed while it was prepared. */
export function announce(operation: string, prepared: PreparedStack): void {
  const { stack, environment, backend } = prepared;
  console.log(
    `${pc.bold(`${operation} ${stack.name}`)} in ${pc.bold(environment.name)}: ${describeTarget(prepared)}`,
  );
  printNotes(prepared.stack.name, backend.notes);
}

/** Prints what the user should know of a stack's config. */
export function printNotes(stack: string, notes: readonly string[]): void {
  for (const note of notes) console.error(pc.yellow(`note: ${stack}: ${note}`));
}
