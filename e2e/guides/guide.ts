import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type CodeBlock, markdownFile, type MarkdownFile } from '../docs/markdown-file.js';
import { shellStatements } from '../docs/shell-statements.js';

/** The commands of a document, to be taken out one by one: what nobody took is left. */
export class Guide {
  readonly #file: MarkdownFile;
  readonly #title: string;
  /** By the command as it stands there, on one line. */
  readonly #commands: ReadonlyMap<string, string>;
  readonly #left: Set<string>;

  /**
   * @param root The workspace's folder.
   * @param path Relative to it.
   * @param heading Of the section that is meant, with its subsections. @default the whole document
   */
  constructor(root: string, path: string, heading?: string) {
    const text = readFileSync(join(root, path), 'utf8');
    this.#title = heading === undefined ? path : `${path}, ${heading}`;
    this.#file = markdownFile(path, heading === undefined ? text : sectionOf(text, heading, this.#title));
    const inBlocks = this.#file.blocks.filter(({ language }) => language === 'sh').flatMap(shellStatements);
    const inText = this.#file.code.filter(({ text: code }) => /^(npx|npm|kubectl|gh) /.test(code));
    this.#commands = new Map(
      [...inBlocks, ...inText].map(({ text: command }) => [onOneLine(command), command]),
    );
    this.#left = new Set(this.#commands.keys());
  }

  /**
   * A command, as it stands in the guide.
   *
   * @param command The same on one line: so a guide that says something else by now fails its test.
   */
  take(command: string): string {
    const found = this.#commands.get(command);
    if (found === undefined)
      throw new Error(
        `${this.#title} has no command ${command}, but:\n${[...this.#commands.keys()].join('\n')}`,
      );
    this.#left.delete(command);
    return found;
  }

  /** The commands that nobody took. */
  get left(): readonly string[] {
    return [...this.#left];
  }

  /** The one block in a language; without one, what a command prints. */
  block(language: string): CodeBlock {
    const [block, ...others] = this.#file.blocks.filter((one) => one.language === language);
    if (block === undefined || others.length > 0)
      throw new Error(`${this.#title} has ${block === undefined ? 'no' : 'several'} blocks in ${language}`);
    return block;
  }
}

/** From a heading to the next of its level or above. */
function sectionOf(text: string, heading: string, title: string): string {
  const start = text.indexOf(`\n${heading}\n`);
  if (start < 0) throw new Error(`no ${title}`);
  const level = heading.indexOf(' ');
  const after = start + heading.length + 1;
  const end = text.slice(after).search(new RegExp(`^#{1,${String(level)}} `, 'm'));
  return text.slice(start, end < 0 ? undefined : after + end);
}

function onOneLine(command: string): string {
  return command.replace(/\s*\\?\n\s*/g, ' ');
}
