import type { z } from 'zod';

/**
 * Adds a check over several top-level keys. It runs as soon as those keys are right by themselves, whatever is wrong
 * elsewhere, so that all problems are reported together.
 */
export function crossCheck<S extends z.ZodObject>(
  schema: S,
  keys: readonly (keyof z.output<S> & string)[],
  check: (config: z.output<S>, context: z.core.$RefinementCtx<z.output<S>>) => void,
): S {
  return schema.superRefine(check, {
    when: ({ issues }) => !issues.some(({ path }) => keys.some((key) => path?.[0] === key)),
  });
}
