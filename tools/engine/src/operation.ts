/** What can be done to a stack. */
export const OPERATIONS = ['preview', 'up', 'refresh', 'drift', 'destroy'] as const;
export type Operation = (typeof OPERATIONS)[number];

/** Whether an operation changes the cluster or the state; the others never ask. */
export function isChanging(operation: Operation): boolean {
  return operation === 'up' || operation === 'refresh' || operation === 'destroy';
}
