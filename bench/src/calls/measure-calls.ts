import { countCalls } from './count-calls.js';
import { type FunctionCalls } from './function-calls.js';
import { superlinear } from './superlinear.js';

/** Numbers of servers: each twice the former, and enough for what is quadratic to show. */
const SIZES = [16, 32, 64] as const;

/** How the work of `render` grows with the number of servers. */
export interface CallGrowth {
  /** Calls of functions that one more server takes. */
  readonly callsOfAServer: number;
  /** The functions whose calls grow faster than the number of servers. */
  readonly superlinear: readonly string[];
}

export async function measureCalls(root: string): Promise<CallGrowth> {
  const [small, middle, large] = SIZES;
  const sizes = [
    await countCalls(root, small),
    await countCalls(root, middle),
    await countCalls(root, large),
  ] as const;
  return {
    callsOfAServer: Math.round((total(sizes[1]) - total(sizes[0])) / (middle - small)),
    superlinear: superlinear(sizes, root),
  };
}

function total(functions: readonly FunctionCalls[]): number {
  return functions.reduce((sum, { count }) => sum + count, 0);
}
