import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './temporary-workspace.js';

/** Clones this workspace's git repository into an empty folder, with what is changed but not committed in it. */
export function cloneWorkspace(folder: string): void {
  const git = (...args: readonly string[]) =>
    execFileSync('git', args, { cwd: root, encoding: 'utf8', maxBuffer: 2 ** 27 });
  git('clone', '--quiet', root, folder);
  const changed = git('ls-files', '-z', '--modified', '--others', '--exclude-standard');
  for (const file of changed.split('\0').filter(Boolean)) {
    if (existsSync(join(root, file))) cpSync(join(root, file), join(folder, file));
    else rmSync(join(folder, file), { force: true });
  }
}
