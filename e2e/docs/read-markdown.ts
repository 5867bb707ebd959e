import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type MarkdownFile, markdownFile } from './markdown-file.js';

/** The Markdown files of the workspace by their path; changelogs, which a release writes, are left out. */
export function readMarkdown(root: string): ReadonlyMap<string, MarkdownFile> {
  const files = execFileSync(
    'git',
    ['ls-files', '-z', '--cached', '--others', '--exclude-standard', '*.md'],
    {
      cwd: root,
      encoding: 'utf8',
    },
  );
  return new Map(
    files
      .split('\0')
      .filter((path) => path !== '' && !path.endsWith('CHANGELOG.md') && existsSync(join(root, path)))
      .map((path) => [path, markdownFile(path, readFileSync(join(root, path), 'utf8'))]),
  );
}
