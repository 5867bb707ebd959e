import { ProblemsError } from '@mcp-stacks/problem';
import { spawn } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { readRendering } from '../compare/read-rendering.js';
import { type Rendering } from '../compare/rendering.js';
import { git } from './git.js';
import { RENDER_FOLDER } from './render-head.js';

/** Where renders of commits are kept, relative to the workspace's root; it may be deleted at any time. */
const KEPT = 'node_modules/.cache/mcp-stacks/revisions';

/** Longest part of a failed command's output that is shown, in characters: its end says what went wrong. */
const SHOWN = 2000;

/**
 * Renders a commit with its own programs and its own packages, in a temporary git worktree of which nothing stays. What
 * it rendered is kept: it is the same for ever.
 *
 * @param commit The commit's hash.
 * @param onStep Hears what is being done: it takes about a minute.
 * @throws ProblemsError where the commit cannot be installed or rendered.
 */
export async function renderRevision(
  root: string,
  commit: string,
  onStep: (step: string) => void,
): Promise<Rendering> {
  const kept = join(root, KEPT, commit);
  if (existsSync(kept)) return readRendering(kept);
  const parent = mkdtempSync(join(tmpdir(), 'mcp-stacks-base-'));
  const folder = join(parent, 'worktree');
  const abort = new AbortController();
  const stop = () => {
    abort.abort();
  };
  process.on('SIGINT', stop).on('SIGTERM', stop);
  try {
    onStep(`checking out ${commit.slice(0, 10)}`);
    await run('git', ['worktree', 'add', '--detach', '--force', folder, commit], root, abort.signal);
    onStep('installing its packages');
    await run('npm', ['ci', '--no-audit', '--no-fund', '--prefer-offline'], folder, abort.signal);
    onStep('building and rendering it');
    await run('npm', ['start'], folder, abort.signal);
    const rendering = readRendering(join(folder, RENDER_FOLDER));
    mkdirSync(dirname(kept), { recursive: true });
    const copy = mkdtempSync(`${kept}-`);
    cpSync(join(folder, RENDER_FOLDER), copy, { recursive: true });
    // Two at a time have the same to keep.
    if (existsSync(kept)) rmSync(copy, { recursive: true });
    else renameSync(copy, kept);
    return rendering;
  } finally {
    const removed = git(root, 'worktree', 'remove', '--force', folder);
    rmSync(parent, { recursive: true, force: true });
    if (removed === undefined) git(root, 'worktree', 'prune');
    // Last: a second interrupt must not end this in the middle.
    process.off('SIGINT', stop).off('SIGTERM', stop);
  }
}

function interrupted(): ProblemsError {
  return new ProblemsError('The render of the base', [
    {
      where: 'this process',
      found: 'an interrupt',
      expected: 'to be left alone until the base is rendered',
      remedy: 'start again; nothing was left behind',
    },
  ]);
}

function run(command: string, args: readonly string[], cwd: string, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    // Nx's daemon would outlive the folder, and what this process was started with concerns another workspace.
    const inherited = Object.entries(process.env).filter(([name]) => !/^(NX_|npm_)/i.test(name));
    const env = { ...Object.fromEntries(inherited), NX_DAEMON: 'false', NX_TUI: 'false', NO_COLOR: '1' };
    // A group of its own: what npm starts ends with it. An interrupt kills it: npm goes on where it is only asked to end,
    // and what it leaves half done is deleted.
    const child = spawn(command, [...args], { cwd, env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk: Buffer) => (output = (output + chunk.toString()).slice(-SHOWN)));
    }
    const kill = () => {
      if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
    };
    signal.addEventListener('abort', kill, { once: true });
    const fail = (found: string) => {
      const problem = {
        where: `${command} ${args.join(' ')}`,
        found,
        expected: 'success: a base must have been fit to render',
        remedy: 'choose another commit, or give a folder of rendered manifests as --base',
      };
      reject(new ProblemsError('The render of the base', [problem]));
    };
    child.on('error', (error) => {
      fail(error.message);
    });
    child.on('close', (code) => {
      signal.removeEventListener('abort', kill);
      if (signal.aborted) reject(interrupted());
      else if (code === 0) resolve();
      else fail(`exit code ${String(code)}\n${output.trim()}`);
    });
  });
}
