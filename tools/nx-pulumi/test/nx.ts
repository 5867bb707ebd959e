import { execFile } from 'node:child_process';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

/** The workspace that these tests belong to. */
export const root = join(__dirname, '../../..');

const run = promisify(execFile);

/**
 * What the real Nx prints.
 *
 * @param reuseGraph Whether to take the project graph that an earlier call made: a third of a second, not two.
 */
export async function nx(args: readonly string[], reuseGraph: boolean): Promise<string> {
  // The variables of the Nx that runs this test would make the inner one believe to be part of it.
  const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith('NX_'));
  const { stdout } = await run(process.execPath, [join(root, 'node_modules/.bin/nx'), ...args], {
    cwd: root,
    env: {
      ...Object.fromEntries(inherited),
      PATH: [dirname(process.execPath), process.env.PATH].join(':'),
      NX_DAEMON: 'false',
      NX_FORCE_REUSE_CACHED_GRAPH: String(reuseGraph),
    },
  });
  return stdout;
}
