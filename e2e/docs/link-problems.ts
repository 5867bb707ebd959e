import type { Problem } from '@mcp-stacks/problem';
import { existsSync } from 'node:fs';
import { join, normalize, relative } from 'node:path';
import type { MarkdownFile } from './markdown-file.js';

/** Every relative link of a file that leads nowhere: to no file, or to no heading of one. */
export function linkProblems(
  file: MarkdownFile,
  all: ReadonlyMap<string, MarkdownFile>,
  root: string,
): readonly Problem[] {
  return file.links.flatMap(({ text, line }) => {
    if (/^[a-z][a-z+.-]*:/i.test(text)) return [];
    const [target = '', anchor] = decodeURI(text).split('#');
    const path = target === '' ? file.path : normalize(join(file.path, '..', target)).replace(/\/$/, '');
    const where = `${file.path}:${String(line)}, the link ${text}`;
    if (path.startsWith('..') || !(all.has(path) || existsSync(join(root, path)))) {
      return [
        {
          where,
          found: `no ${path}`,
          expected: 'a file or folder of this repository',
          remedy: nearest(path, all) ?? 'correct the link, or remove it',
        },
      ];
    }
    const anchors = all.get(path)?.anchors;
    if (anchor === undefined || anchors === undefined || anchors.has(anchor)) return [];
    return [
      {
        where,
        found: `no heading #${anchor} in ${path}`,
        expected: `one of ${[...anchors].map((one) => `#${one}`).join(', ')}`,
        remedy: 'correct the link, or the heading',
      },
    ];
  });
}

/** Where a file of the same name is. */
function nearest(path: string, all: ReadonlyMap<string, MarkdownFile>): string | undefined {
  const name = path.split('/').at(-1);
  const other = [...all.keys()].find((one) => one.split('/').at(-1) === name && name !== 'README.md');
  return other === undefined ? undefined : `${relative('.', other)} has this name`;
}
