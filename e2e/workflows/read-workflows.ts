import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The texts of the workflows and of this repository's own actions, by their paths. */
export function readWorkflows(root: string): Record<string, string> {
  const folder = join(root, '.github');
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.yml'),
  );
  return Object.fromEntries(
    files.sort().map((file) => [join('.github', file), readFileSync(join(folder, file), 'utf8')]),
  );
}
