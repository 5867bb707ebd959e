import { type Machine } from '../machine.js';
import { type Measured, type MeasuredGroup } from '../run/measured.js';

/** One run of the bench, as it stands in `dist/bench/results.json`. */
export interface BenchResults {
  /** The day, as `2026-11-24`. */
  readonly date: string;
  /** The commit, with `+` where files differed from it. */
  readonly commit: string;
  readonly machine: Machine;
  /** By name. */
  readonly versions: Readonly<Record<string, string>>;
  readonly rounds: number;
  readonly groups: readonly MeasuredGroup[];
}

/** A contestant by `group/id`; `undefined` where it was not measured. */
export function find({ groups }: Pick<BenchResults, 'groups'>, name: string): Measured | undefined {
  const [group, id] = name.split('/');
  return groups.find((one) => one.name === group)?.contestants.find((one) => one.id === id);
}
