import { describeValue, type Problem } from '@mcp-stacks/problem';

/** A problem where a plain number is given that is not an integer from `min` to `max`. */
export function* integerProblems(
  where: string,
  value: unknown,
  { min, max = Number.MAX_SAFE_INTEGER, unit = '' }: { min: number; max?: number; unit?: string },
): Generator<Problem> {
  if (typeof value !== 'number' || (Number.isInteger(value) && value >= min && value <= max)) return;
  const range = max === Number.MAX_SAFE_INTEGER ? `of ${min} or more` : `from ${min} to ${max}`;
  yield {
    where,
    found: Number.isFinite(value) ? describeValue(value) : String(value),
    expected: `an integer ${range}${unit === '' ? '' : `, in ${unit}`}`,
    remedy: 'Give a number in that range, or leave it out for the default.',
  };
}
