import { ProblemsError } from '@mcp-stacks/problem';
import { jsonSchemaOf, type StackProgram } from '@mcp-stacks/stack';
import type { Stack } from '@mcp-stacks/workspace';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

/** The JSON Schema of a stack's `Pulumi.<env>.yaml` and the file that it is written to. */
export interface StackSchema {
  readonly stack: string;
  readonly file: string;
  readonly schema: Record<string, unknown>;
}

/** Name of the file, which each `Pulumi.<env>.yaml` names in its first line. */
const FILE = 'Pulumi.schema.json';

/** @throws ProblemsError if the stack's program is not compiled. */
export function stackSchema(stack: Stack): StackSchema {
  if (!existsSync(stack.main)) {
    throw new ProblemsError(`The configuration of ${stack.name}`, [
      {
        where: stack.main,
        found: 'no file',
        expected: 'the compiled program, which holds the schema',
        remedy: `npx nx build ${stack.name}`,
      },
    ]);
  }
  const program = createRequire(stack.main)(stack.main) as StackProgram;
  return { stack: stack.name, file: join(stack.folder, FILE), schema: jsonSchemaOf(program.config) };
}

/** The text of the file. */
export function schemaText({ schema }: StackSchema): string {
  return `${JSON.stringify(schema, null, 2)}\n`;
}
