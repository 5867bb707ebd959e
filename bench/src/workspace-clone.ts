import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, lstatSync, mkdirSync, readdirSync, realpathSync, symlinkSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

/**
 * Copies this workspace as it stands, without what it built, into a folder of its own git repository with one commit.
 * Installed packages are shared; the workspace's own are the copied ones.
 */
export function cloneWorkspace(root: string, folder: string): void {
  const files = git(root, 'ls-files', '-z', '--cached', '--others', '--exclude-standard');
  for (const file of files.split('\0').filter((name) => name !== '' && existsSync(join(root, name)))) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    cpSync(join(root, file), join(folder, file));
  }
  linkPackages(root, folder, 'node_modules');
  for (const workspace of ownPackages(root)) linkPackages(root, folder, join(workspace, 'node_modules'));
  git(folder, 'init', '--quiet', '--initial-branch=main');
  git(folder, 'add', '--all');
  git(
    folder,
    ...['-c', 'user.name=bench', '-c', 'user.email=bench@localhost', '-c', 'commit.gpgsign=false'],
    ...['commit', '--quiet', '--no-verify', '--message=bench'],
  );
}

export function git(cwd: string, ...args: readonly string[]): string {
  return execFileSync('git', args, { cwd, encoding: 'utf8', maxBuffer: 2 ** 28 });
}

/** The folders of the workspace's own packages, relative to its root: what npm links. */
function ownPackages(root: string): readonly string[] {
  const modules = join(root, 'node_modules');
  return entries(modules).flatMap((name) => {
    const path = join(modules, name);
    if (!lstatSync(path).isSymbolicLink()) return [];
    return [relative(realpathSync(root), realpathSync(path))];
  });
}

/** Links every package of a folder `node_modules`; what npm itself links leads into the clone, as in the original. */
function linkPackages(root: string, clone: string, modules: string): void {
  for (const name of entries(join(root, modules))) {
    const from = join(root, modules, name);
    const to = join(clone, modules, name);
    mkdirSync(dirname(to), { recursive: true });
    const real = realpathSync(from);
    const isOwn = !relative(realpathSync(root), real).split('/').includes('node_modules');
    symlinkSync(isOwn ? join(clone, relative(realpathSync(root), real)) : real, to);
  }
}

/** The packages and programs of a folder `node_modules`, each by its path in it. */
function entries(modules: string): readonly string[] {
  if (!existsSync(modules)) return [];
  return readdirSync(modules).flatMap((name) => {
    if (name === '.bin' || name.startsWith('@')) {
      return readdirSync(join(modules, name)).map((inner) => `${name}/${inner}`);
    }
    return name.startsWith('.') ? [] : [name];
  });
}
