import type { StackSchema } from './stack-schema.js';

/** What this file reads of a JSON Schema. */
interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly description?: string;
  readonly default?: unknown;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly additionalProperties?: Schema | boolean;
  readonly oneOf?: readonly Schema[];
  readonly anyOf?: readonly Schema[];
  readonly not?: Schema;
}

/** One line of the reference. */
interface Row {
  readonly key: string;
  readonly type: string;
  readonly presence: string;
  readonly description: string;
}

/** The config reference of all stacks as Markdown: a table a stack, from the schemas that parse the files. */
export function configReference(schemas: readonly StackSchema[]): string {
  const parts = schemas.map(({ stack, schema }) => {
    const config = (schema as Schema).properties?.config;
    const rows = Object.entries(config?.properties ?? {}).flatMap(([key, one]) =>
      rowsOf(key, one, config?.required?.includes(key) ?? false),
    );
    return [
      `## ${stack}`,
      '',
      '| key | value | default | meaning |',
      '| --- | --- | --- | --- |',
      ...rows.map((row) => `| \`${row.key}\` | ${row.type} | ${row.presence} | ${row.description} |`),
      '',
    ].join('\n');
  });
  return `# Configuration reference\n\nMade from the schemas by \`npm run docs\`.\n\n${parts.join('\n')}`;
}

function rowsOf(key: string, schema: Schema, required: boolean): readonly Row[] {
  // A key that only exists to be refused with its reason is no key that anybody sets.
  if (schema.not !== undefined) return [];
  const variants = (schema.oneOf ?? schema.anyOf ?? []).filter((one) => one.properties !== undefined);
  return [
    {
      key,
      type: escape(typeOf(schema)),
      presence: required
        ? 'required'
        : schema.default === undefined
          ? ''
          : `\`${JSON.stringify(schema.default)}\``,
      description: escape(schema.description ?? ''),
    },
    ...childRows(key, schema),
    ...unique(variants.flatMap((one) => childRows(key, one))),
  ];
}

function childRows(key: string, schema: Schema): readonly Row[] {
  if (isSecret(schema)) return [];
  const own = Object.entries(schema.properties ?? {}).flatMap(([name, one]) =>
    rowsOf(`${key}.${name}`, one, schema.required?.includes(name) ?? false),
  );
  const items = schema.items?.properties === undefined ? [] : childRows(`${key}[]`, schema.items);
  const entries =
    typeof schema.additionalProperties === 'object' && schema.additionalProperties.properties !== undefined
      ? childRows(`${key}.<name>`, schema.additionalProperties)
      : [];
  return [...own, ...items, ...entries];
}

/** Variants share most keys: the first mention of a key stands, and the values of its discriminator are joined. */
function unique(rows: readonly Row[]): readonly Row[] {
  const byKey = new Map<string, Row>();
  for (const row of rows) {
    const former = byKey.get(row.key);
    if (former === undefined) byKey.set(row.key, row);
    else if (former.type !== row.type) {
      byKey.set(row.key, {
        ...former,
        type: `${former.type} or ${row.type}`,
        description: `${former.description} / ${row.description}`,
      });
    }
  }
  return [...byKey.values()];
}

function typeOf(schema: Schema): string {
  if (schema.const !== undefined) return `\`${JSON.stringify(schema.const)}\``;
  if (schema.enum !== undefined) return schema.enum.map((value) => `\`${String(value)}\``).join(', ');
  const variants = schema.oneOf ?? schema.anyOf;
  if (variants !== undefined) return [...new Set(variants.map(typeOf))].join(' or ');
  if (isSecret(schema)) return 'secret';
  if (schema.type === 'array')
    return `list of ${schema.items === undefined ? 'anything' : typeOf(schema.items)}`;
  if (schema.type === 'object') return 'mapping';
  return [schema.type ?? 'anything'].flat().join(' or ');
}

function isSecret(schema: Schema): boolean {
  return schema.properties?.secure !== undefined;
}

function escape(text: string): string {
  return text.replaceAll('|', '\\|');
}
