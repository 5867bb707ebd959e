import { describeValue } from '@mcp-stacks/problem';

/** How much of a text is shown, in characters. */
const SHOWN = 80;

/** Of two texts, how far before their first difference an excerpt begins, in characters. */
const BEFORE = 20;

/** `"old", now "new"`; of long texts the part where they begin to differ. */
export function describeChange(before: unknown, after: unknown): string {
  if (typeof before === 'string' && typeof after === 'string') {
    const at = firstDifference(before, after);
    return `${excerpt(before, at)}, now ${excerpt(after, at)}`;
  }
  return `${describeValue(before)}, now ${describeValue(after)}`;
}

function firstDifference(one: string, other: string): number {
  let index = 0;
  while (index < one.length && one[index] === other[index]) index += 1;
  return index;
}

function excerpt(text: string, at: number): string {
  const start = text.length <= SHOWN ? 0 : Math.max(0, Math.min(at - BEFORE, text.length - SHOWN));
  const end = start + SHOWN;
  return `${start > 0 ? '…' : ''}${JSON.stringify(text.slice(start, end))}${end < text.length ? '…' : ''}`;
}
