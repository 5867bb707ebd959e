import { mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { RENDER } from '../reference.js';
import { runProcess } from '../run/run-process.js';
import { makeServersWorkspace } from '../servers-workspace.js';
import { CALLS_FILE, type FunctionCalls } from './function-calls.js';

/** The compiled file that runs in the measured process. */
const RECORD_CALLS = join(__dirname, '..', '..', 'dist', 'calls', 'record-calls.js');

/** How often `render` calls each function for a stack of so many servers. */
export async function countCalls(root: string, servers: number): Promise<readonly FunctionCalls[]> {
  const temporary = realpathSync(mkdtempSync(join(tmpdir(), 'mcp-stacks-calls-')));
  try {
    makeServersWorkspace(root, temporary, servers);
    const file = join(temporary, 'calls.json');
    await runProcess({
      program: process.execPath,
      args: ['--require', RECORD_CALLS, join(root, RENDER)],
      cwd: temporary,
      env: {
        NODE_DISABLE_COMPILE_CACHE: '1',
        MCP_STACKS_CACHE: join(temporary, 'cache'),
        [CALLS_FILE]: file,
      },
    });
    return JSON.parse(readFileSync(file, 'utf8')) as FunctionCalls[];
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
}
