import { type Problem } from '@mcp-stacks/problem';
import { readFileSync } from 'node:fs';
import { type Document, LineCounter, parseDocument } from 'yaml';

/** What was parsed, by its text: a preview reads the same file for its shape, and again for each environment. */
const documents = new Map<string, Document.Parsed>();

/**
 * The content of a YAML file as plain values; `undefined` where it is not YAML, with the problems added.
 *
 * @param file The file's absolute path.
 * @param shownAs How the messages name it: its path in the workspace.
 */
export function readYaml(file: string, shownAs: string, problems: Problem[]): unknown {
  const text = readFileSync(file, 'utf8');
  const document = yamlDocument(text);
  if (document.errors.length === 0) return document.toJS() as unknown;
  const lineCounter = new LineCounter();
  for (const error of parseDocument(text, { lineCounter, prettyErrors: false }).errors) {
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

/** The nodes of a YAML text, parsed once. They are shared: who wants to change them parses the text himself. */
export function yamlDocument(text: string): Document.Parsed {
  let document = documents.get(text);
  if (document === undefined) {
    document = parseDocument(text, { prettyErrors: false });
    documents.set(text, document);
  }
  return document;
}
