import { type BenchResults, find } from './bench-results.js';

/** What one more resource costs. */
export interface ResourceCost {
  readonly milliseconds: number;
  /** Of peak memory; absent where the system does not tell. */
  readonly bytes?: number;
}

/** The cost of a resource between two sizes of the group `servers`; `undefined` where one was not measured. */
export function perResource(
  results: Pick<BenchResults, 'groups'>,
  fewer: string,
  more: string,
): ResourceCost | undefined {
  const one = find(results, `servers/${fewer}`);
  const other = find(results, `servers/${more}`);
  if (one === undefined || other === undefined) return undefined;
  const resources = (other.counts?.resources ?? 0) - (one.counts?.resources ?? 0);
  return {
    milliseconds: (other.median - one.median) / resources,
    ...(one.peakMemory !== undefined &&
      other.peakMemory !== undefined && { bytes: (other.peakMemory - one.peakMemory) / resources }),
  };
}
