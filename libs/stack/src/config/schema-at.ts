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

/** The schema that decides about the value at a path, or `undefined` where the path leaves the schema. */
export function schemaAt(schema: Schema, path: readonly PropertyKey[]): Schema | undefined {
  const [head, ...rest] = path;
  if (head === undefined) return schema;
  const current = unwrap(schema);
  if (current instanceof z.ZodObject) {
    const next = (current.shape as Record<PropertyKey, Schema>)[head];
    return next === undefined ? undefined : schemaAt(next, rest);
  }
  if (current instanceof z.ZodArray) return schemaAt(current.element, rest);
  if (current instanceof z.ZodRecord) return schemaAt(current.valueType, rest);
  if (current instanceof z.ZodUnion) {
    for (const option of current.options) {
      const found = schemaAt(option, path);
      if (found !== undefined) return found;
    }
  }
  return undefined;
}

/** What `meta({ … })` said of a schema, also through a wrapper such as `optional()`. */
export function metaOf(schema: Schema | undefined): z.core.GlobalMeta {
  if (schema === undefined) return {};
  const inner = unwrap(schema);
  return { ...z.globalRegistry.get(inner), ...z.globalRegistry.get(schema) };
}
