/** Milliseconds of each unit; a year is 365 days, as in `ParseDuration` of github.com/prometheus/common/model. */
const UNITS = [
  ['y', 365 * 24 * 3600 * 1000],
  ['w', 7 * 24 * 3600 * 1000],
  ['d', 24 * 3600 * 1000],
  ['h', 3600 * 1000],
  ['m', 60 * 1000],
  ['s', 1000],
  ['ms', 1],
] as const;

/** Each unit at most once, the largest first: the pattern of `Duration` in the Prometheus Operator's CRDs. */
const PATTERN = new RegExp(`^${UNITS.map(([unit]) => `(?:(\\d+)${unit})?`).join('')}$`);

/**
 * Reads a Prometheus duration as `30s` or `1h30m`. VictoriaMetrics also takes fractions and mixed order; what is read
 * here means the same to both.
 *
 * @returns Milliseconds, or `undefined` where the text is no duration.
 */
export function parsePrometheusDuration(text: string): number | undefined {
  if (text === '0') return 0;
  const match = text === '' ? null : PATTERN.exec(text);
  const numbers: readonly (string | undefined)[] | undefined = match?.slice(1);
  return numbers?.reduce((sum, number, index) => sum + Number(number ?? 0) * (UNITS[index]?.[1] ?? 0), 0);
}
