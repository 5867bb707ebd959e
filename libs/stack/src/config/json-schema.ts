import { z } from 'zod';
import { isSecretSchema } from './secret-value.js';
import type { StackConfig } from './stack-config.js';

/** What else the Pulumi CLI writes into a stack's file. Source: `ProjectStack` in `sdk/go/common/workspace`. */
const PULUMI_KEYS = {
  secretsprovider: { type: 'string', description: "Where the key of this stack's secrets comes from." },
  encryptedkey: { type: 'string', description: 'The data key, encrypted by a cloud secrets provider.' },
  encryptionsalt: { type: 'string', description: 'The salt of the passphrase secrets provider.' },
  environment: { description: 'Pulumi ESC environments.' },
};

/** The JSON Schema (draft 7) of a stack's `Pulumi.<env>.yaml`, from the schema that parses it. */
export function jsonSchemaOf(config: StackConfig): Record<string, unknown> {
  const { $schema, properties, required, $defs, definitions } = z.toJSONSchema(config.schema, {
    target: 'draft-7',
    io: 'input',
    unrepresentable: 'any',
    override: ({ zodSchema, jsonSchema }) => {
      // What only messages use is no part of a JSON Schema.
      delete jsonSchema.expected;
      delete jsonSchema.secret;
      if (isSecretSchema(zodSchema)) {
        Object.assign(jsonSchema, {
          type: 'object',
          properties: { secure: { type: 'string' } },
          required: ['secure'],
          additionalProperties: false,
        });
      }
    },
  }) as Record<string, unknown>;
  const shared = { ...($defs !== undefined && { $defs }), ...(definitions !== undefined && { definitions }) };
  return {
    $schema,
    title: `Configuration of ${config.project}`,
    type: 'object',
    additionalProperties: false,
    properties: {
      config: {
        type: 'object',
        additionalProperties: false,
        patternProperties: { '^pulumi:': {} },
        properties: Object.fromEntries(
          Object.entries(properties as Record<string, unknown>).map(([key, value]) => [
            `${config.project}:${key}`,
            value,
          ]),
        ),
        required: ((required ?? []) as string[]).map((key) => `${config.project}:${key}`),
      },
      ...PULUMI_KEYS,
    },
    required: ['config'],
    ...shared,
  };
}
