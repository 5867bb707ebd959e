const SECONDS: Readonly<Record<string, number>> = { h: 3600, m: 60, s: 1 };

/** Seconds of `1h`, `90m`, `1h30m`, `600s`; `undefined` for anything else. */
export function parseDuration(text: string): number | undefined {
  if (!/^(\d+[hms])+$/.test(text)) return undefined;
  const parts = [...text.matchAll(/(\d+)([hms])/g)];
  return parts.reduce((sum, [, count = '', unit = '']) => sum + Number(count) * (SECONDS[unit] ?? 0), 0);
}
