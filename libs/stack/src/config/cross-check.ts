import { z } from 'zod';

/** Reports that what stands at a path does not go with the rest. */
export type Report = (path: readonly PropertyKey[], expected: string, remedy: string) => void;

/**
 * A check over several keys at once: `schema.check(crossCheck((value, report) => …))`.
 *
 * It runs even where single keys have problems of their own, so that all are reported together: whatever it reads
 * may be absent.
 */
export function crossCheck<T>(check: (value: Partial<T>, report: Report) => void): z.core.$ZodCheck<T> {
  const made = z.core._check<T>((payload) => {
    if (typeof payload.value !== 'object' || payload.value === null) return;
    check(payload.value, (path, expected, remedy) => {
      payload.issues.push({
        code: 'custom',
        path: [...path],
        message: expected,
        params: { remedy },
        input: payload.value,
        continue: true,
      });
    });
  });
  made._zod.def.when = () => true;
  return made;
}
