/**
 * A server's text as one line that moves no cursor and turns no reading direction: what a server says is not to be
 * trusted.
 */
export function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ');
}
