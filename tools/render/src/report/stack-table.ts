import Table from 'cli-table3';
import { type Colors } from 'picocolors/types';
import { type RenderedStack } from '../chain/rendered-chain.js';
import { containersOf, podTemplate } from '../checks/pod-template.js';
import { leftOutText } from '../manifests/manifest.js';
import { kindRank } from '../manifests/manifest-order.js';
import { manifestPath } from '../manifests/manifest-path.js';

/** The width of the column of labels, in characters. */
const LABEL_WIDTH = 11;

/** A space at which no line is broken. */
const UNBROKEN = '\u00a0';

/** One stack at a glance. */
export function stackTable(rendered: RenderedStack, columns: number, colors: Colors): string {
  const table = new Table({
    colWidths: [LABEL_WIDTH, columns - LABEL_WIDTH - 3],
    style: { head: [], border: [] },
  });
  const file = manifestPath(rendered.stack.name, rendered.environment);
  table.push([
    { colSpan: 2, content: `${colors.bold(colors.cyan(rendered.stack.name))}  ${colors.dim(file)}` },
  ]);
  const rows = rowsOf(rendered, colors).filter(([, lines]) => lines.length > 0);
  // One row for all: lines between the rows would be most of the picture.
  const wrapped = rows.flatMap(([label, lines]) =>
    lines.flatMap((line, index) =>
      wrap(line, columns - LABEL_WIDTH - 5).map(
        (part, row) => [index === 0 && row === 0 ? colors.dim(label) : '', part] as const,
      ),
    ),
  );
  table.push([wrapped.map(([label]) => label).join('\n'), wrapped.map(([, text]) => text).join('\n')]);
  return table.toString().replaceAll(UNBROKEN, ' ');
}

function rowsOf(rendered: RenderedStack, colors: Colors): readonly (readonly [string, readonly string[]])[] {
  const { manifests, leftOut, reach, kept, assumed, notRendered, notes, warnings } = rendered;
  const templates = manifests.flatMap(({ object }) => podTemplate(object) ?? []);
  const images = templates.flatMap((template) => containersOf(template).flatMap(({ image }) => image ?? []));
  return [
    ['objects', [kindCounts(rendered)]],
    ['images', [...new Set(images)]],
    ['exposed', reach.ingress.map(({ port, from }) => `${port} ← ${from}`)],
    ['egress', reach.egress.map(({ workload, to }) => `${workload} → ${to}`)],
    ['left out', leftOut.map(leftOutText)],
    ['kept', kept],
    ['assumed', assumed.map(({ stack, outputs }) => `${stack}: ${outputs.join(', ')}`)],
    ['not here', notRendered.map((one) => `${one}: not Kubernetes`)],
    ['notes', notes],
    ['warnings', warnings.map((warning) => colors.yellow(`! ${warning}`))],
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
  for (const word of text.split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (visibleLength(longer) <= width) {
      line = longer;
      continue;
    }
    if (line !== '') lines.push(line);
    line = lines.length === 0 ? word : `  ${word}`;
    while (visibleLength(line) > width) {
      lines.push(line.slice(0, width));
      line = `  ${line.slice(width)}`;
    }
  }
  return [...lines, line];
}

function visibleLength(text: string): number {
  // eslint-disable-next-line no-control-regex -- what colours a text has no width
  return text.replaceAll(/\u001b\[\d+m/g, '').length;
}
