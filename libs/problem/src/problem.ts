/**
 * One thing that is wrong with what somebody wrote, in the four parts that every message of this project has.
 *
 * Never put a secret's value into any field: problems are printed and logged.
 */
export interface Problem {
  /** Where it stands, as a path its author recognises: a file and key, an argument, an object of a manifest. */
  readonly where: string;
  /** What was found there, as the author wrote it; `nothing` where a required thing is missing. */
  readonly found: string;
  /** What was expected instead, with the allowed values where they are few. */
  readonly expected: string;
  /** What to do about it: an edit or a command. */
  readonly remedy: string;
}

/** The longest text of a found value that is worth printing, in characters. */
const FOUND_LIMIT = 120;

/** How a value reads in a message: as JSON, shortened, and `nothing` for an absent one. */
export function describeValue(value: unknown): string {
  if (value === undefined) return 'nothing';
  const text = JSON.stringify(value);
  return text.length > FOUND_LIMIT ? `${text.slice(0, FOUND_LIMIT)}…` : text;
}
