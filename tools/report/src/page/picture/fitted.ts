/** A text that has no more than so many characters: SVG breaks no lines. The whole of it belongs into a `title`. */
export function fitted(text: string, characters: number): string {
  return text.length <= characters ? text : `${text.slice(0, characters - 1)}…`;
}
