import { type Colors } from 'picocolors/types';
import { type RenderedStack } from '../chain/rendered-chain.js';
import { leftOutText } from '../manifests/manifest.js';
import { kindRank } from '../manifests/manifest-order.js';
import { manifestPath } from '../manifests/manifest-path.js';
import { stackSummary } from './stack-summary.js';

/** The width of the column of labels, in characters. */
const LABEL_WIDTH = 9;

const WARNINGS = 'warnings';

/** A space at which no line is broken. */
const UNBROKEN = '\u00a0';

/**
 * One stack at a glance, in a frame. Drawn here: cli-table3 took a third of the whole preview's time, for the width of
 * emoji.
 */
export function stackTable(rendered: RenderedStack, columns: number, colors: Colors): string {
  const textWidth = columns - LABEL_WIDTH - 7;
  const file = manifestPath(rendered.stack.name, rendered.environment);
  const title = `${colors.bold(colors.cyan(rendered.stack.name))}  ${colors.dim(file)}`;
  const lines = rowsOf(rendered).flatMap(([label, texts]) => {
    // Painted last: what colours a text has no width, and a colour must not run into the frame.
    const paint = label === WARNINGS ? colors.yellow : (text: string) => text;
    return texts
      .flatMap((text) => wrap(text, textWidth))
      .map((text, index) => {
        const name = (index === 0 ? label : '').padEnd(LABEL_WIDTH);
        return `│ ${colors.dim(name)} │ ${paint(text.padEnd(textWidth))} │`;
      });
  });
  const [left, right] = ['─'.repeat(LABEL_WIDTH + 2), '─'.repeat(textWidth + 2)];
  return [
    `┌${left}─${right}┐`,
    `│ ${title}${' '.repeat(Math.max(0, columns - 6 - rendered.stack.name.length - file.length))} │`,
    `├${left}┬${right}┤`,
    ...lines,
    `└${left}┴${right}┘`,
  ]
    .join('\n')
    .replaceAll(UNBROKEN, ' ');
}

function rowsOf(rendered: RenderedStack): readonly (readonly [string, readonly string[]])[] {
  const { images, exposed, egress, leftOut, kept, assumed, notRendered, notes, warnings } =
    stackSummary(rendered);
  return [
    ['objects', [kindCounts(rendered)]],
    ['images', images],
    ['exposed', exposed.map(({ port, from }) => `${port} ← ${from.join(', ')}`)],
    ['egress', egress.map(({ workload, to }) => `${workload} → ${to.join(', ')}`)],
    ['left out', leftOut.map(leftOutText)],
    ['kept', kept],
    ['assumed', assumed.map(({ stack, outputs }) => `${stack}: ${outputs.join(', ')}`)],
    ['not here', notRendered.map((one) => `${one}: not Kubernetes`)],
    ['notes', notes],
    [WARNINGS, warnings.map((warning) => `! ${warning}`)],
  ];
}

function kindCounts({ manifests, leftOut }: RenderedStack): string {
  const counts = new Map<string, number>();
  for (const { object } of manifests) counts.set(object.kind, (counts.get(object.kind) ?? 0) + 1);
  const entries = [...counts].map(([kind, count]): [string, string] => [kind, `${kind}${UNBROKEN}${count}`]);
  if (leftOut.length > 0)
    entries.push(['Secret', `Secret ${leftOut.length} (left out)`.replaceAll(' ', UNBROKEN)]);
  if (entries.length === 0) return 'none';
  return entries
    .sort(([one], [other]) => kindRank(one) - kindRank(other))
    .map(([, text]) => text)
    .join(', ');
}

/** Breaks a line at spaces, and inside a word only if it is longer than a whole line. */
function wrap(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/[ \t\r\n]+/)) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (longer.length <= width) {
      line = longer;
      continue;
    }
    if (line !== '') lines.push(line);
    line = lines.length === 0 ? word : `  ${word}`;
    while (line.length > width) {
      lines.push(line.slice(0, width));
      line = `  ${line.slice(width)}`;
    }
  }
  return [...lines, line];
}
