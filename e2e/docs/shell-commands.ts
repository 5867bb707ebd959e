import type { Located } from './markdown-file.js';

/** One command of a shell script, without redirections and variables set before it. */
export interface ShellCommand {
  readonly words: readonly string[];
  readonly line: number;
}

/** A word, an operator between commands, or a comment; quotes hold what is in them together. */
export const PART =
  /(#[^\n]*)|(\\\n)|(\n|&&|\|\||[;|()])|(\d?>&?\d?|<(?![^\s<>]+>))|((?:\$\([^()]*\)|\\[^\n]|"(?:\\.|[^"\\])*"|'[^']*'|<[^\s<>]+>|[^\s;|&<>()"'\\]|&(?!&))+)/g;

/** The commands of a script as documents have them: no functions, no loops, no here-documents. */
export function shellCommands({ text, line }: Located): readonly ShellCommand[] {
  const commands: ShellCommand[] = [];
  let words: string[] = [];
  let redirected = false;
  let at = line;
  let startedAt = line;
  const finish = (): void => {
    const program = words.findIndex((word) => !/^\w+=/.test(word));
    if (program >= 0) commands.push({ words: words.slice(program), line: startedAt });
    words = [];
  };
  for (const [part, comment, continued, operator, redirection, word] of text.matchAll(PART)) {
    if (continued !== undefined) at += 1;
    if (comment !== undefined || continued !== undefined) continue;
    if (operator !== undefined) finish();
    if (operator === '\n') at += 1;
    if (redirection !== undefined) redirected = true;
    if (word === undefined) continue;
    if (words.length === 0) startedAt = at;
    for (const [, inner = ''] of part.matchAll(/\$\(([^()]*)\)/g))
      commands.push(...shellCommands({ text: inner, line: at }));
    if (redirected) redirected = false;
    else words.push(word.replace(/^(["'])(.*)\1$/s, '$2'));
    at += part.split('\n').length - 1;
  }
  finish();
  return commands;
}
