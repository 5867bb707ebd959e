/** A piece of a text. */
export interface Part {
  readonly text: string;
  /** What stays of it where there is no room. @default all of it */
  readonly without?: string;
}

/**
 * Puts parts together so that they fit: the longest are shortened first.
 *
 * @param limit The most characters.
 * @param note What is said of what was left out, by its number; it comes second.
 */
export function within(parts: readonly Part[], limit: number, note: (left: number) => string): string {
  const texts = parts.map(({ text }) => text);
  const byLength = parts
    .map(({ text, without }, index) => ({ index, without, saved: text.length - (without ?? text).length }))
    .filter(({ saved }) => saved > 0)
    .sort((one, other) => other.saved - one.saved);
  let left = 0;
  const whole = (): string => {
    const [first = '', ...rest] = texts.filter((text) => text !== '');
    return `${[first, ...(left === 0 ? [] : [note(left)]), ...rest].join('\n\n')}\n`;
  };
  let text = whole();
  for (const { index, without } of byLength) {
    if (text.length <= limit) return text;
    texts[index] = without ?? '';
    left += 1;
    text = whole();
  }
  if (text.length <= limit) return text;
  // Not even the names of all objects fit; a line is not cut in two, and no fold is left open.
  const closing = '\n\n… and more.\n\n</details>\n';
  const cut = text.slice(0, limit - closing.length);
  return `${cut.slice(0, cut.lastIndexOf('\n'))}${closing}`;
}
