import { execFileSync } from 'node:child_process';

/**
 * The files of the workspace that differ from those of a commit, uncommitted and untracked ones included: what would be
 * deployed now is what lies there now.
 *
 * Between the two trees, not since their common ancestor as `nx affected --base` compares: whoever goes back to an older
 * commit has changed something too.
 *
 * @returns Paths relative to `root`; `undefined` where this clone has no such commit.
 */
export function changedFiles(root: string, commit: string): string[] | undefined {
  if (resolveCommit(root, commit) === undefined) return undefined;
  return [
    ...git(root, 'diff', '--name-only', '--no-renames', '--relative', '-z', commit),
    ...git(root, 'ls-files', '--others', '--exclude-standard', '-z'),
  ];
}

/** The commit that a revision of this clone names; `undefined` where there is none. */
export function resolveCommit(root: string, revision: string): string | undefined {
  try {
    return git(
      root,
      'rev-parse',
      '--verify',
      '--quiet',
      '--end-of-options',
      `${revision}^{commit}`,
    )[0]?.trim();
  } catch {
    return undefined;
  }
}

/** The commit where the work tree's history left that of a revision; `undefined` where the two share none. */
export function mergeBase(root: string, commit: string): string | undefined {
  try {
    return git(root, 'merge-base', commit, 'HEAD')[0]?.trim();
  } catch {
    return undefined;
  }
}

function git(root: string, ...args: readonly string[]): string[] {
  const output = execFileSync('git', args, {
    cwd: root,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    maxBuffer: Number.POSITIVE_INFINITY,
  });
  return output.split('\0').filter((part) => part !== '');
}
