import { ProblemsError } from '@mcp-stacks/problem';
import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

/**
 * The nearest folder at or above `from` that holds an `nx.json`.
 *
 * @throws ProblemsError where there is none.
 */
export function findWorkspaceRoot(from: string): string {
  for (let folder = resolve(from); ; folder = dirname(folder)) {
    if (existsSync(join(folder, 'nx.json'))) return folder;
    if (folder === dirname(folder)) {
      throw new ProblemsError('Workspace', [
        {
          where: resolve(from),
          found: 'no nx.json in this folder or above it',
          expected: 'a folder inside the workspace',
          remedy: 'change into a clone of the workspace and run the command again',
        },
      ]);
    }
  }
}
