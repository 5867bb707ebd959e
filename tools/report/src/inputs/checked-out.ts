import { git } from './git.js';

/** What is checked out: `0b1c2d3e4f`, with a word where files differ from it; `no commit` outside git. */
export function checkedOut(root: string): string {
  const commit = git(root, 'rev-parse', '--short=10', 'HEAD');
  if (commit === undefined) return 'no commit';
  return git(root, 'status', '--porcelain') === '' ? commit : `${commit} and uncommitted changes`;
}
