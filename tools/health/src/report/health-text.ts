import { formatProblems } from '@mcp-stacks/problem';
import Table from 'cli-table3';
import pc from 'picocolors';
import type { FeatureChange } from '../features/compare-features.js';
import type { Impact } from '../features/field-change.js';
import type { ServerHealth } from '../server-health.js';
import { printable } from './printable.js';
import { summarize, type Summary, SUMMARY_HEAD } from './summarize.js';

/** Wide enough for the longest impact and two spaces. */
const IMPACT_WIDTH = 12;

/** What came of asking servers, for a terminal: a table, the differences with the worst first, and the problems. */
export function healthText(servers: readonly ServerHealth[], { colors = false } = {}): string {
  const { bold, red, yellow } = pc.createColors(colors);
  const paint: Readonly<Record<Impact, (text: string) => string>> = {
    breaks: red,
    'may break': yellow,
    compatible: (text) => text,
  };
  const table = new Table({ head: Object.values(SUMMARY_HEAD), style: { head: [], border: [] } });
  for (const server of servers) {
    const summary = summarize(server);
    const cells = (Object.keys(SUMMARY_HEAD) as (keyof Summary)[]).map((key) => printable(summary[key]));
    if (server.result === 'listed') table.push(cells);
    else table.push([cells[0], { content: cells[1], colSpan: cells.length - 1 }]);
  }
  const blocks = [table.toString()];
  for (const { name, changes = [], notRecorded } of servers) {
    if (changes.length > 0) {
      const lines = changes.flatMap((change) =>
        changeLines(change, (impact) => paint[impact](impact.padEnd(IMPACT_WIDTH))),
      );
      blocks.push([bold(`${name}, for clients since the last deploy:`), ...lines].join('\n'));
    }
    if (notRecorded !== undefined) blocks.push(yellow(`${name}: not recorded: ${notRecorded}`));
  }
  const problems = servers.flatMap(({ problem }) => (problem === undefined ? [] : [problem]));
  if (problems.length > 0)
    blocks.push(
      formatProblems(
        'MCP servers',
        problems.map((problem) => ({ ...problem, found: printable(problem.found) })),
      ),
    );
  return blocks.join('\n\n');
}

function changeLines(
  { kind, name, change, impact, fields }: FeatureChange,
  label: (impact: Impact) => string,
) {
  const what = `${kind} ${printable(name)}`;
  if (change !== 'changed') return [`  ${label(impact)}${what}: ${change}`];
  const indent = ' '.repeat(IMPACT_WIDTH);
  return [
    `  ${label(impact)}${what}`,
    ...fields.map((field) => {
      const own = field.impact === impact ? '' : ` (${field.impact})`;
      return `  ${indent}  ${printable(`${field.field}: ${field.what}`)}${own}`;
    }),
  ];
}
