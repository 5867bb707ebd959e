import MarkdownIt from 'markdown-it';
import { headingAnchors } from './heading-anchors.js';

/** A text of a Markdown file, and where it begins. */
export interface Located {
  readonly text: string;
  /** Line in the file, from 1. */
  readonly line: number;
}

/** A fenced block. */
export interface CodeBlock extends Located {
  /** The first word after the fence, as `ts`; empty without one. */
  readonly language: string;
  /** The other words, as `runnable`. */
  readonly marks: readonly string[];
}

/** What the checks read of a Markdown file. */
export interface MarkdownFile {
  /** Relative to the workspace's root. */
  readonly path: string;
  readonly blocks: readonly CodeBlock[];
  /** Targets of links and images. */
  readonly links: readonly Located[];
  /** Code within a line. */
  readonly code: readonly Located[];
  /** What a link to this file can name after `#`. */
  readonly anchors: ReadonlySet<string>;
}

const parser = new MarkdownIt({ html: true, linkify: false });

export function markdownFile(path: string, text: string): MarkdownFile {
  const blocks: CodeBlock[] = [];
  const links: Located[] = [];
  const code: Located[] = [];
  const headings: string[] = [];
  const ids: string[] = [];
  let line = 1;
  let heading = false;
  for (const token of parser.parse(text, {})) {
    line = (token.map?.[0] ?? line - 1) + 1;
    heading = token.type === 'heading_open' || (heading && token.type === 'inline');
    if (token.type === 'fence') {
      const [language = '', ...marks] = token.info.trim().split(/\s+/);
      blocks.push({ text: token.content, line: line + 1, language, marks });
    }
    if (token.type.startsWith('html')) readHtml(token.content, line);
    if (token.type !== 'inline') continue;
    const children = token.children ?? [];
    if (heading) {
      headings.push(
        children.map(({ type, content }) => (['text', 'code_inline'].includes(type) ? content : '')).join(''),
      );
      heading = false;
    }
    for (const child of children) {
      if (child.type === 'softbreak' || child.type === 'hardbreak') line += 1;
      const target = child.attrGet('href') ?? child.attrGet('src');
      if (target !== null) links.push({ text: target, line });
      if (child.type === 'code_inline') code.push({ text: child.content, line });
      if (child.type === 'html_inline') readHtml(child.content, line);
    }
  }
  return { path, blocks, links, code, anchors: new Set([...headingAnchors(headings), ...ids]) };

  function readHtml(html: string, at: number): void {
    for (const [, attribute, value = ''] of html.matchAll(/\b(href|src|srcset|id|name)="([^"]*)"/g)) {
      if (attribute === 'id' || attribute === 'name') ids.push(value);
      else links.push({ text: value, line: at });
    }
  }
}
