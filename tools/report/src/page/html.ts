/** HTML that may go into a page as it is; everything else is escaped. */
export class Html {
  constructor(readonly source: string) {}
}

/** What may stand in a template. Nothing comes of `undefined`. */
export type Content = Html | string | number | undefined | readonly Content[];

/**
 * A template of HTML or SVG: what is put into it is escaped, in text and in quoted attributes, unless it is {@link Html}
 * itself.
 */
export function html(strings: TemplateStringsArray, ...contents: readonly Content[]): Html {
  return new Html(strings.map((part, index) => `${part}${sourceOf(contents[index])}`).join(''));
}

function sourceOf(content: Content): string {
  if (content === undefined) return '';
  if (content instanceof Html) return content.source;
  if (typeof content === 'object') return content.map(sourceOf).join('');
  return String(content)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}
