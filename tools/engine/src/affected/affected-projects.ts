import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { ProblemsError } from '@mcp-stacks/problem';

/**
 * The projects that Nx says are affected by a change of some files.
 *
 * @param root The workspace's root.
 * @param files Paths relative to it.
 * @throws ProblemsError with Nx's own message where it has no answer.
 */
export function affectedProjects(root: string, files: readonly string[]): ReadonlySet<string> {
  if (files.length === 0) return new Set();
  // Inside of a task, the variables of that Nx would make this one believe to be a part of it.
  const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith('NX_'));
  const { status, stdout, stderr, error } = spawnSync(
    process.execPath,
    [path.join(root, 'node_modules/.bin/nx'), 'show', 'projects', '--affected', '--stdin', '--json'],
    {
      cwd: root,
      encoding: 'utf8',
      input: files.join('\n'),
      env: { ...Object.fromEntries(inherited), NX_DAEMON: 'false', NO_COLOR: '1' },
    },
  );
  if (error !== undefined || status !== 0) {
    throw new ProblemsError('affected', [
      {
        where: 'nx show projects --affected',
        found: error?.message ?? (stderr + stdout).trim(),
        expected: 'the projects that a change affects',
        remedy: 'npx nx reset, and look at: npx nx graph',
      },
    ]);
  }
  return new Set(JSON.parse(stdout) as string[]);
}
