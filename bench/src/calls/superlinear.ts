import { readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type FunctionCalls } from './function-calls.js';

/**
 * The most that twice the growth in servers may add to the calls of one function, in terms of what the growth itself
 * adds: 2 is linear, sorting comes to about 2.4, quadratic is 4.
 */
const STEEPEST = 3;
/** Fewer calls than this between the two largest sizes are no cost, and may come from timers. */
const NEGLIGIBLE = 400;

/** Calls at three sizes, each twice the former. */
export type ThreeSizes = readonly [
  readonly FunctionCalls[],
  readonly FunctionCalls[],
  readonly FunctionCalls[],
];

/** The functions whose calls grow faster than the number of servers, each with its calls at the three sizes. */
export function superlinear(sizes: ThreeSizes, root: string): readonly string[] {
  const counts = new Map<string, { calls: FunctionCalls; counts: [number, number, number] }>();
  for (const [index, functions] of sizes.entries()) {
    for (const calls of functions) {
      const key = `${calls.url}:${calls.offset}:${calls.name}`;
      const entry = counts.get(key) ?? { calls, counts: [0, 0, 0] };
      entry.counts[index] = (entry.counts[index] ?? 0) + calls.count;
      counts.set(key, entry);
    }
  }
  return [...counts.values()]
    .filter(({ counts: [small, middle, large] }) => {
      const added = large - middle;
      return added > NEGLIGIBLE && added > STEEPEST * Math.max(middle - small, 0);
    })
    .sort((one, other) => other.counts[2] - one.counts[2])
    .map(({ calls, counts: all }) => `${placeOf(calls, root)}: ${all.join(' → ')} calls`);
}

/** `libs/recorder/dist/wire.js:12 encode`. */
function placeOf({ url, name, offset }: FunctionCalls, root: string): string {
  const file = fileURLToPath(url);
  const line = readFileSync(file, 'utf8').slice(0, offset).split('\n').length;
  return `${relative(root, file)}:${line} ${name === '' ? '(anonymous)' : name}`;
}
