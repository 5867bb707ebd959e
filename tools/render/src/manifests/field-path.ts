/** The way to a field: keys and indices. */
export type FieldPath = readonly (string | number)[];

/**
 * How a path reads in a message. An element of a list that has a name is shown by it:
 * `spec.template.spec.containers[mcp-github].image`.
 */
export function pathText(root: unknown, path: FieldPath): string {
  let text = '';
  let at: unknown = root;
  for (const part of path) {
    const next = fieldOf(at, part);
    if (typeof part === 'number') {
      const name = fieldOf(next, 'name');
      text += `[${typeof name === 'string' ? name : part}]`;
    } else if (/^[\w-]+$/.test(part)) {
      text += text === '' ? part : `.${part}`;
    } else {
      text += `[${JSON.stringify(part)}]`;
    }
    at = next;
  }
  return text;
}

/** The value at a path, or `undefined` where the path leaves the value. */
export function valueAt(root: unknown, path: FieldPath): unknown {
  return path.reduce(fieldOf, root);
}

function fieldOf(value: unknown, part: string | number): unknown {
  return typeof value === 'object' && value !== null
    ? (value as Record<string | number, unknown>)[part]
    : undefined;
}
