import { type Problem } from '@mcp-stacks/problem';
import { readFileSync } from 'node:fs';
import { LineCounter, parseDocument } from 'yaml';

/**
 * The content of a YAML file as plain values; `undefined` where it is not YAML, with the problems added.
 *
 * @param file The file's absolute path.
 * @param shownAs How the messages name it: its path in the workspace.
 */
export function readYaml(file: string, shownAs: string, problems: Problem[]): unknown {
  const lineCounter = new LineCounter();
  const document = parseDocument(readFileSync(file, 'utf8'), { lineCounter, prettyErrors: false });
  if (document.errors.length === 0) return document.toJS() as unknown;
  for (const error of document.errors) {
    const { line, col } = lineCounter.linePos(error.pos[0]);
    problems.push({
      where: `${shownAs}:${line}:${col}`,
      // After a colon the parser quotes what it stumbled over, which may be a secret's value.
      found: `malformed YAML (${error.code}): ${error.message.replace(/:.*$/s, '')}`,
      expected: 'well-formed YAML, indented with spaces',
      remedy: 'correct that line',
    });
  }
  return undefined;
}
