import { type BenchResults } from './bench-results.js';
import { mebibytes, seconds } from './format.js';
import { goals } from './goals.js';

/** The results for a terminal. */
export function resultsText(results: BenchResults): string {
  const lines = [
    machineLine(results),
    Object.entries(results.versions)
      .map(([name, version]) => `${name} ${version}`)
      .join(', '),
    `${results.rounds} rounds; median (min to max), peak memory of the largest process`,
  ];
  for (const { title, skipped, contestants } of results.groups) {
    lines.push('', title);
    if (skipped !== undefined) lines.push(`  skipped: ${skipped}`);
    for (const one of contestants) {
      const spread = `(${seconds(one.min)} to ${seconds(one.max)})`;
      const memory = one.peakMemory === undefined ? '' : mebibytes(one.peakMemory);
      lines.push(
        `  ${one.title.padEnd(56)} ${seconds(one.median).padStart(8)}  ${spread.padEnd(20)} ${memory.padStart(9)}`,
      );
    }
  }
  lines.push('', 'Goals');
  for (const { what, limit, measured, isMet } of goals(results)) {
    const verdict = isMet === undefined ? '' : isMet ? 'met' : 'not met';
    lines.push(
      `  ${what}: ${limit === undefined ? '' : `goal ${limit}: `}${measured ?? 'not measured'}${verdict && `, ${verdict}`}`,
    );
  }
  return `${lines.join('\n')}\n`;
}

/** What the figures were measured on, in one line. */
export function machineLine({ machine, commit, date }: BenchResults): string {
  const { processor, cores, memory, system, load } = machine;
  return `${date}, commit ${commit}: ${processor}, ${cores} cores, ${mebibytes(memory)}, ${system}, load ${load.toFixed(1)}`;
}
