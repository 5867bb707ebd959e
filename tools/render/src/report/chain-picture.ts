import { type Stack } from '@mcp-stacks/workspace';

/**
 * The chain as a tree from left to right: each stack right of the one that it builds on. A stack that builds on
 * several stands right of the last of them and names the others.
 */
export function chainPicture(
  stacks: readonly Stack[],
  paint: (name: string) => string = (name) => name,
): readonly string[] {
  const order = stacks.map(({ name }) => name);
  const parents = new Map(
    stacks.map(({ name, upstreams }) => [name, order.filter((other) => upstreams.includes(other))]),
  );
  const childrenOf = (name: string): readonly string[] =>
    order.filter((one) => parents.get(one)?.at(-1) === name);
  const draw = (name: string): readonly string[] => {
    const others = parents.get(name)?.slice(0, -1) ?? [];
    const label = `${name}${others.length === 0 ? '' : ` (and ${others.join(', ')})`}`;
    const children = childrenOf(name);
    const blocks = children.map(draw);
    if (blocks.length === 0) return [label];
    const blank = ' '.repeat(label.length);
    return blocks.flatMap((lines, index) => {
      const last = index === blocks.length - 1;
      const fork = index === 0 ? (last ? '──▶ ' : '─┬▶ ') : last ? ' └▶ ' : ' ├▶ ';
      return lines.map((line, row) => {
        const lead = index === 0 && row === 0 ? label : blank;
        return `${lead} ${row === 0 ? fork : last ? '    ' : ' │  '}${line}`;
      });
    });
  };
  const lines = order.filter((name) => parents.get(name)?.length === 0).flatMap(draw);
  // Painted last: the colours' characters have no width.
  return lines.map((line) =>
    line.replace(/[^\s─┬▶└├│()]+/g, (word) => (order.includes(word) ? paint(word) : word)),
  );
}
