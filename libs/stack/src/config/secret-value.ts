import { Output } from '@pulumi/pulumi';
import { z } from 'zod';

/** Marks the schema of a secret, for the JSON Schema and for the parser. */
const SECRET = { secret: true } as const;

/**
 * The schema of a top-level key that holds a secret: `secure:` in the file, set by `pulumi config set --secret`.
 * Parsed, it is an `Output<string>` that is secret; a plain value is a problem, and no message ever shows it.
 */
export function secretString(): z.ZodCustom<Output<string>, Output<string>> {
  return z.custom<Output<string>>((value) => Output.isInstance(value)).meta(SECRET);
}

/** Whether a schema is that of a secret. */
export function isSecretSchema(schema: z.core.$ZodType): boolean {
  return z.globalRegistry.get(schema)?.secret === true;
}
