/** The longest text of a value in a list of fields, in characters; the diff has the whole of it. */
const LIMIT = 80;

/** How a field's value reads in one line. */
export function shortValue(value: unknown): string {
  const text = typeof value === 'string' ? value.replaceAll(/\s+/g, ' ') : JSON.stringify(value);
  return text.length > LIMIT ? `${text.slice(0, LIMIT - 1)}…` : text;
}
