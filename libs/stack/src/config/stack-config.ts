import { z } from 'zod';

/**
 * The configuration of one stack: what stands under `config:` in its `Pulumi.<env>.yaml`, each top-level key as
 * `<project>:<key>`. The same schema parses the values and makes the JSON Schema for editors.
 */
export interface StackConfig<S extends z.ZodObject = z.ZodObject> {
  /** The Pulumi project's name, which is the stack's folder and Nx project too. */
  readonly project: string;
  /** One property for each top-level key; unknown keys are problems. */
  readonly schema: S;
}

/**
 * The configuration of a stack, from the schemas of its keys.
 *
 * @param project The Pulumi project's name.
 * @param keys The schema of each top-level key. Describe every key: its text is the config reference.
 * @param checks Checks over several keys, made by `crossCheck`.
 */
export function defineConfig<K extends z.ZodRawShape>(
  project: string,
  keys: K,
  ...checks: z.core.$ZodCheck<z.output<z.ZodObject<K, z.core.$strict>>>[]
): StackConfig<z.ZodObject<K, z.core.$strict>> {
  return { project, schema: z.strictObject(keys).check(...checks) };
}
