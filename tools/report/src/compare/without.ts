/** The object without some of its fields. */
export function without(
  object: Readonly<Record<string, unknown>>,
  fields: readonly string[],
): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(object).filter(([field]) => !fields.includes(field)));
}
