import { describeValue, type Problem, ProblemsError } from '@mcp-stacks/problem';
import * as pulumi from '@pulumi/pulumi';
import { z } from 'zod';
import { INTERPRETED } from './interpreted.js';
import { didYouMean, pathText, schemaProblems } from './schema-problems.js';
import { unwrap } from './schema-at.js';
import { isSecretSchema } from './secret-value.js';
import type { StackConfig } from './stack-config.js';

/** Namespaces of configuration that are Pulumi's own, as `pulumi:disable-default-providers`. */
const FOREIGN_NAMESPACES = ['pulumi'];

/**
 * The stack's configuration as the Pulumi runtime has it, checked as a whole before anything is registered.
 *
 * @throws ProblemsError with every problem: wrong values, missing and unknown keys (with the nearest known one), a
 *   secret written in plain text, a secret where none belongs. No value of a secret is ever shown.
 */
export function parseConfig<S extends z.ZodObject>(config: StackConfig<S>): z.output<S> {
  const { project, schema } = config;
  const shape = schema.shape as Record<string, z.ZodType>;
  const known = Object.keys(shape);
  const problems: Problem[] = [];
  const input: Record<string, unknown> = {};
  /** Paths of keys that have their problem already. */
  const skipped: string[] = [];

  for (const [fullKey, text] of Object.entries(pulumi.runtime.allConfig())) {
    const colon = fullKey.indexOf(':');
    const namespace = fullKey.slice(0, colon);
    const key = fullKey.slice(colon + 1);
    if (FOREIGN_NAMESPACES.includes(namespace)) continue;
    if (namespace !== project) {
      problems.push({
        where: fullKey,
        found: `a key of ${JSON.stringify(namespace)}`,
        expected: `keys that start with ${project}:`,
        remedy:
          namespace === 'kubernetes'
            ? `name the cluster in ${project}:cluster`
            : (didYouMean(namespace, [project]) ?? 'remove it'),
      });
      continue;
    }
    const keySchema = shape[key];
    const secret = isConfigSecret(fullKey);
    if (keySchema === undefined) {
      problems.push({
        where: fullKey,
        found: `the unknown key ${JSON.stringify(key)}`,
        expected: `one of ${known.join(', ')}`,
        remedy:
          didYouMean(key, known) ??
          'remove it, or see the config reference for the key that says what you mean',
      });
    } else if (isSecretSchema(unwrap(keySchema))) {
      if (!secret) {
        problems.push({
          where: fullKey,
          found: 'a value in plain text',
          expected: 'a secret, which the file holds encrypted as secure:',
          remedy: `pulumi config set --secret ${fullKey}, and take the plain value out of the file's history`,
        });
      }
      input[key] = pulumi.secret(text);
    } else if (secret) {
      problems.push({
        where: fullKey,
        found: 'a secret (secure:) somewhere in it',
        expected: `plain values; secrets of this stack are ${secretKeys(shape).join(', ') || 'none'}`,
        remedy: 'refer to a Kubernetes Secret by name and key, or use the key that is made for a secret',
      });
      skipped.push(pathText(`${project}:`, [key]));
    } else {
      input[key] = isText(keySchema) ? text : fromJson(text);
    }
  }

  const found = schemaProblems(schema, input, `${project}:`, (value, path) =>
    isSecretSchema(unwrap(shape[String(path[0])] ?? schema)) ? describeSecret(value) : describeValue(value),
  ).filter(({ where }) => !skipped.some((path) => where === path || where.startsWith(`${path}.`)));
  ProblemsError.throwIfAny(`Pulumi.${pulumi.getStack()}.yaml of ${project}`, [...problems, ...found]);
  return schema.parse(input, INTERPRETED);
}

/** `runtime.isConfigSecret` is exported by `@pulumi/pulumi`, but its declaration file leaves it out as internal. */
function isConfigSecret(key: string): boolean {
  return (pulumi.runtime as unknown as { isConfigSecret(key: string): boolean }).isConfigSecret(key);
}

function secretKeys(shape: Readonly<Record<string, z.ZodType>>): readonly string[] {
  return Object.keys(shape).filter((key) => shape[key] !== undefined && isSecretSchema(unwrap(shape[key])));
}

function describeSecret(value: unknown): string {
  return value === undefined ? 'nothing' : 'a secret';
}

/** The engine hands text over as it is and everything else as JSON. */
function isText(schema: z.ZodType): boolean {
  const inner = unwrap(schema);
  return inner instanceof z.ZodString || inner instanceof z.ZodEnum || inner instanceof z.ZodLiteral;
}

function fromJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
