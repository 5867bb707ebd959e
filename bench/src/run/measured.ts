import { type Contestant, type GroupName } from '../contestant.js';
import { type PartOfTime } from '../time/explain-time.js';

/** What was measured of one contestant. */
export interface Measured {
  readonly id: string;
  readonly title: string;
  readonly chart?: Contestant['chart'];
  /** The commands as they ran, for those who want to repeat one. */
  readonly commands: readonly string[];
  /** Wall-clock time of each round. */
  readonly milliseconds: readonly number[];
  /** The middle of these; of an even number, the mean of the middle two. */
  readonly median: number;
  readonly min: number;
  readonly max: number;
  /** Peak resident memory of the largest process, from a run of its own; in bytes. */
  readonly peakMemory?: number;
  readonly counts?: Readonly<Record<string, number>>;
  /** Where its time goes. */
  readonly parts?: readonly PartOfTime[];
}

export interface MeasuredGroup {
  readonly name: GroupName;
  readonly title: string;
  /** Why nothing was measured. */
  readonly skipped?: string;
  readonly contestants: readonly Measured[];
}

export function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((one, other) => one - other);
  const middle = sorted.slice(Math.floor((sorted.length - 1) / 2), Math.floor(sorted.length / 2) + 1);
  return middle.reduce((sum, number) => sum + number, 0) / middle.length;
}
