import { diffWordsWithSpace, structuredPatch } from 'diff';

/** A part of a text that differs, with a few lines around it that do not. */
export interface Hunk {
  /** Number of lines since the former hunk that are the same on both sides. */
  readonly skipped: number;
  readonly blocks: readonly Block[];
}

/** Lines that follow each other: the same on both sides, or what one side has in place of the other's. */
export type Block =
  | { readonly kind: 'same'; readonly start: LineNumbers; readonly lines: readonly string[] }
  | {
      readonly kind: 'changed';
      readonly start: LineNumbers;
      readonly removed: readonly Line[];
      readonly added: readonly Line[];
    };

/** Where a block starts, from 1. */
export interface LineNumbers {
  readonly before: number;
  readonly after: number;
}

/** A line in parts, of which some are what differs from the line on the other side. */
export type Line = readonly { readonly text: string; readonly differs: boolean }[];

/** How two texts differ line by line, and within a line word by word. */
export function lineDiff(before: string, after: string, context = 3): readonly Hunk[] {
  const { hunks } = structuredPatch('', '', before, after, undefined, undefined, { context });
  let end = 1;
  return hunks.map(({ oldStart, newStart, lines }) => {
    // An empty side starts at line 0.
    let numbers = { before: Math.max(1, oldStart), after: Math.max(1, newStart) };
    const skipped = numbers.before - end;
    const blocks: Block[] = [];
    const rest = lines.filter((line) => !line.startsWith('\\'));
    while (rest.length > 0) {
      const same = takeWhile(rest, ' ');
      if (same.length > 0) {
        blocks.push({ kind: 'same', start: numbers, lines: same });
        numbers = { before: numbers.before + same.length, after: numbers.after + same.length };
        continue;
      }
      const [removed, added] = [takeWhile(rest, '-'), takeWhile(rest, '+')];
      blocks.push({ kind: 'changed', start: numbers, ...marked(removed, added) });
      numbers = { before: numbers.before + removed.length, after: numbers.after + added.length };
    }
    end = numbers.before;
    return { skipped, blocks };
  });
}

/** Takes the lines that start with a mark off the front. */
function takeWhile(lines: string[], mark: string): readonly string[] {
  const end = lines.findIndex((line) => !line.startsWith(mark));
  return lines.splice(0, end < 0 ? lines.length : end).map((line) => line.slice(1));
}

/** Lines are set against each other where there are as many on each side; else each is new as a whole. */
function marked(
  removed: readonly string[],
  added: readonly string[],
): { readonly removed: readonly Line[]; readonly added: readonly Line[] } {
  const whole = (text: string): Line => [{ text, differs: false }];
  if (removed.length !== added.length) return { removed: removed.map(whole), added: added.map(whole) };
  const pairs = removed.map((line, index) => diffWordsWithSpace(line, added[index] ?? ''));
  const side = (other: 'added' | 'removed'): readonly Line[] =>
    pairs.map((parts) =>
      parts
        .filter((part) => !part[other])
        .map(({ value, added: come, removed: gone }) => ({ text: value, differs: come || gone })),
    );
  return { removed: side('added'), added: side('removed') };
}
