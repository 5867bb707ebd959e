import type { FeatureChange } from '../features/compare-features.js';
import type { ServerHealth } from '../server-health.js';
import { printable } from './printable.js';
import { summarize, type Summary, SUMMARY_HEAD } from './summarize.js';

/** Of one server, how many changes are shown: a comment has an end. */
const SHOWN = 100;

/** What came of asking servers, in GitHub's Markdown: a table, and of each server what changed, the worst first. */
export function healthMarkdown(servers: readonly ServerHealth[]): string {
  const keys = Object.keys(SUMMARY_HEAD) as (keyof Summary)[];
  const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const lines = [
    '### What clients get',
    '',
    row(keys.map((key) => SUMMARY_HEAD[key])),
    row(keys.map(() => '---')),
    ...servers.map((server) => {
      const summary = summarize(server);
      const saidByServer = (key: keyof Summary) =>
        server.result === 'listed' && (key === 'is' || key === 'protocol');
      // Inside of a table, a bar needs a backslash.
      return row(
        keys.map((key) => (saidByServer(key) ? code(summary[key]).replaceAll('|', '\\|') : summary[key])),
      );
    }),
  ];
  for (const { name, changes = [], problem } of servers) {
    if (problem !== undefined) lines.push('', `**${name}**: ${code(problem.found)}`);
    if (changes.length === 0) continue;
    const breaks = changes.filter(({ impact }) => impact === 'breaks').length;
    const head = `${name}: ${changes.length === 1 ? '1 change' : `${changes.length} changes`} for clients, ${breaks} breaking`;
    lines.push('', `<details${breaks > 0 ? ' open' : ''}><summary>${head}</summary>`, '');
    lines.push(...changes.slice(0, SHOWN).flatMap(changeLines));
    if (changes.length > SHOWN) lines.push(`- and ${changes.length - SHOWN} more`);
    lines.push('', '</details>');
  }
  return `${lines.join('\n')}\n`;
}

function changeLines({ kind, name, change, impact, fields }: FeatureChange): string[] {
  const mark = (one: string) => (one === 'compatible' ? '' : `**${one}**: `);
  if (change !== 'changed') return [`- ${mark(impact)}${kind} ${code(name)} ${change}`];
  return [
    `- ${mark(impact)}${kind} ${code(name)}`,
    ...fields.map(({ field, what, impact: own }) => `  - ${mark(own)}${code(`${field}: ${what}`)}`),
  ];
}

/** A server's text as code: nothing in it is Markdown, a mention or HTML. */
function code(text: string): string {
  const line = printable(text).trim();
  if (line === '') return '';
  const longest = Math.max(0, ...[...line.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  const space = longest > 0 ? ' ' : '';
  return `${fence}${space}${line}${space}${fence}`;
}
