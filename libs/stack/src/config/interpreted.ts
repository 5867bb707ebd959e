/** How zod parses here: a schema that sees a value or two is not worth the function that it would compile for it. */
export const INTERPRETED = { jitless: true } as const;
