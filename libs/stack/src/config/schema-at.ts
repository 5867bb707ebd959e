import { z } from 'zod';

type Schema = z.core.$ZodType;

/** The schema without what only says whether a value may be absent, and what is then taken. */
export function unwrap(schema: Schema): Schema {
  if (
    schema instanceof z.ZodOptional ||
    schema instanceof z.ZodNullable ||
    schema instanceof z.ZodDefault ||
    schema instanceof z.ZodPrefault ||
    schema instanceof z.ZodReadonly
  ) {
    return unwrap(schema.unwrap());
  }
  if (schema instanceof z.ZodPipe) return unwrap(schema.in);
  return schema;
}

/**
 * The schema that decides about the value at a path, or `undefined` where the path leaves the schema.
 *
 * @param value The whole value: it decides which variant of a discriminated union counts.
 */
export function schemaAt(schema: Schema, path: readonly PropertyKey[], value: unknown): Schema | undefined {
  const [head, ...rest] = path;
  if (head === undefined) return schema;
  const current = unwrap(schema);
  const inner =
    typeof value === 'object' && value !== null ? (value as Record<PropertyKey, unknown>)[head] : undefined;
  if (current instanceof z.ZodObject) {
    const next = (current.shape as Record<PropertyKey, Schema>)[head];
    return next === undefined ? undefined : schemaAt(next, rest, inner);
  }
  if (current instanceof z.ZodArray) return schemaAt(current.element, rest, inner);
  if (current instanceof z.ZodRecord) return schemaAt(current.valueType, rest, inner);
  if (current instanceof z.ZodUnion) {
    for (const option of variantsFor(current, value)) {
      const found = schemaAt(option, path, value);
      if (found !== undefined) return found;
    }
  }
  return undefined;
}

/** The variants of a union that a value may mean: the one that its discriminator names, or all. */
function variantsFor(union: z.ZodUnion, value: unknown): readonly Schema[] {
  if (!(union instanceof z.ZodDiscriminatedUnion) || typeof value !== 'object' || value === null)
    return union.options;
  const { discriminator } = union.def;
  const named = union.options.filter(
    (option) =>
      option instanceof z.ZodObject &&
      (option.shape as Record<string, z.ZodType>)[discriminator]?.safeParse(
        (value as Record<string, unknown>)[discriminator],
      ).success === true,
  );
  return named.length > 0 ? named : union.options;
}

/** What `meta({ … })` said of a schema, also through a wrapper such as `optional()`. */
export function metaOf(schema: Schema | undefined): z.core.GlobalMeta {
  if (schema === undefined) return {};
  const inner = unwrap(schema);
  return { ...z.globalRegistry.get(inner), ...z.globalRegistry.get(schema) };
}
