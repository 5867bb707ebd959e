import type { Located } from './markdown-file.js';
import { PART } from './shell-commands.js';

/** What one would enter at once of a script as documents have them: a pipeline with its redirections, no comment. */
export function shellStatements({ text, line }: Located): readonly Located[] {
  const statements: Located[] = [];
  let start: number | undefined;
  let end = 0;
  let open = false;
  const finish = (): void => {
    if (start === undefined) return;
    statements.push({
      text: text.slice(start, end),
      line: line + text.slice(0, start).split('\n').length - 1,
    });
    start = undefined;
  };
  for (const match of text.matchAll(PART)) {
    const [part, comment, continued, operator] = match;
    if (comment !== undefined || continued !== undefined) continue;
    if (operator !== '\n') {
      start ??= match.index;
      end = match.index + part.length;
      open = ['|', '||', '&&'].includes(operator ?? '');
    } else if (!open) finish();
  }
  finish();
  return statements;
}
