import { formatProblems } from '@mcp-stacks/problem';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { root } from '../workspace/temporary-workspace.js';

test('everything that a library exports has a docstring, and the reference builds without a warning', () => {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [
      join(root, 'node_modules/.bin/typedoc'),
      ...['--options', join(root, 'tools/config-docs/reference/typedoc.config.mjs')],
      ...['--emit', 'none', '--logLevel', 'Warn', '--pretty', 'false'],
    ],
    { cwd: root, encoding: 'utf8', env: { ...process.env, NO_COLOR: '1' } },
  );
  const warnings = [...`${stdout}${stderr}`.matchAll(/^\[(?:warning|error)\] (?!Found \d)(.+)$/gm)].map(
    ([, text = '']) => text,
  );
  if (warnings.length > 0) {
    const problems = warnings.map((text) => {
      const [, what, file] = /^(\S+).*?, defined in (\S+),/.exec(text) ?? [];
      return {
        where: what === undefined || file === undefined ? text : `${file}: ${what}`,
        found: what === undefined ? 'what TypeDoc says' : 'no docstring',
        expected: 'a docstring: meaning, type or shape, unit, default, errors',
        remedy: 'write it where the thing is declared; npm run docs shows the page',
      };
    });
    throw new Error(formatProblems('The reference', problems));
  }
  expect(status).toBe(0);
});
