import { ProblemsError } from '@mcp-stacks/problem';
import { findWorkspaceRoot, readWorkspace } from '@mcp-stacks/workspace';
import { Command } from 'commander';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { configReference } from './config-reference.js';
import { schemaText, stackSchema } from './stack-schema.js';

new Command('config-docs')
  .description(
    'Writes the editor schema beside each stack, and the config reference to dist/docs/configuration.md.',
  )
  .action(() => {
    const { root, stacks } = readWorkspace(findWorkspaceRoot(process.cwd()));
    const schemas = stacks.map(stackSchema);
    const reference = join(root, 'dist', 'docs', 'configuration.md');
    mkdirSync(join(root, 'dist', 'docs'), { recursive: true });
    for (const schema of schemas) writeFileSync(schema.file, schemaText(schema));
    writeFileSync(reference, configReference(schemas));
    for (const file of [...schemas.map((schema) => schema.file), reference])
      console.log(relative(root, file));
  })
  .parseAsync()
  .catch((error: unknown) => {
    console.error(error instanceof ProblemsError ? error.message : error);
    process.exitCode = 1;
  });
