import { isDeepStrictEqual } from 'node:util';
import { setTimeout } from 'node:timers/promises';

/** How long a cluster may take to do what it was told, in milliseconds. */
const PATIENCE = 120_000;

/** Looks again and again until it sees what is expected, at last with Jest's own message of what differs. */
export async function eventually<T>(look: () => T | Promise<T>, expected: T): Promise<void> {
  const last = await until(async () => {
    const seen = await look();
    return { seen, done: isDeepStrictEqual(seen, expected) };
  });
  expect(last.seen).toEqual(expected);
}

/** Looks until it is done, or for as long as `patience` milliseconds; what it saw last in any case. */
export async function until<T extends { readonly done: boolean }>(
  look: () => T | Promise<T>,
  patience = PATIENCE,
): Promise<T> {
  const end = Date.now() + patience;
  for (;;) {
    const seen = await look();
    if (seen.done || Date.now() > end) return seen;
    await setTimeout(500);
  }
}
