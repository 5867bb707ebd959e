import { type Comparison, isUnchanged } from '../compare/compare-renderings.js';
import { type Rendering } from '../compare/rendering.js';
import { type ChangedProject } from './changed-projects.js';

/** The most servers that are drawn: GitHub makes a picture with more of them too small to read. */
const SHOWN = 24;

interface Edge {
  readonly from: string;
  readonly to: string;
  readonly label?: string;
}

/**
 * From what changed to who notices, as a flowchart that GitHub draws: projects, the stacks that they change, the servers
 * of these, and who reaches them. `undefined` where no stack changes.
 *
 * @param projects The projects that changed; none where that is not known.
 */
export function blastRadius(
  { environments }: Comparison,
  head: Rendering,
  projects: readonly ChangedProject[],
): string | undefined {
  const ids = new Map<string, string>();
  const nodes = new Map<string, string>();
  const edges = new Map<string, Edge & { environments: string[] }>();
  const node = (kind: string, label: string, shape: readonly [string, string]): string => {
    const key = `${kind}|${label}`;
    const id = ids.get(key) ?? `n${ids.size}`;
    ids.set(key, id);
    nodes.set(id, `${id}${shape[0]}"${escaped(label)}"${shape[1]}:::${kind}`);
    return id;
  };
  const edge = (from: string, to: string, style: string, environment: string): void => {
    const key = `${from} ${style} ${to}`;
    const known = edges.get(key);
    if (known === undefined) edges.set(key, { from, to, label: style, environments: [environment] });
    else if (!known.environments.includes(environment)) known.environments.push(environment);
  };

  const affected = environments.flatMap(({ stacks }) => stacks.filter((stack) => !isUnchanged(stack)));
  if (affected.length === 0) return undefined;
  const servers = new Set<string>();
  for (const { stack, environment, findings } of affected) {
    const stackId = node('stack', stack, ['[', ']']);
    for (const project of projects) {
      if (project.usedBy !== undefined && !project.usedBy.has(stack)) continue;
      edge(node('changed', project.name, ['([', '])']), stackId, '-->', environment);
    }
    const exposed =
      head.environments
        .find(({ name }) => name === environment)
        ?.stacks.find((one) => one.stack === stack)
        ?.summary?.exposed.flatMap(({ port, from }) => from.map((peer) => ({ port, peer }))) ?? [];
    const added = new Set(findings?.exposure.added);
    const removed = (findings?.exposure.removed ?? []).map((text) => {
      const [port = '', peer = ''] = text.split(' ← ');
      return { port, peer };
    });
    const isThere = new Set(exposed.map(({ port }) => port));
    for (const [list, isGone] of [
      [exposed, false],
      [removed, true],
    ] as const) {
      for (const { port, peer } of list) {
        if (!servers.has(port) && servers.size >= SHOWN) continue;
        servers.add(port);
        const portId = node(isThere.has(port) ? 'server' : 'gone', port, ['[[', ']]']);
        edge(stackId, portId, isThere.has(port) ? '-->' : '-.->', environment);
        const peerId = node('peer', peer, ['(', ')']);
        const isNew = added.has(`${port} ← ${peer}`);
        edge(portId, peerId, isGone ? '-. no longer .->' : isNew ? '== new ==>' : '-->', environment);
      }
    }
  }
  const all = new Set(affected.map(({ environment }) => environment));
  return [
    'flowchart LR',
    ...nodes.values(),
    ...[...edges.values()].map(({ from, to, label = '-->', environments: where }) => {
      const only = where.length < all.size && label === '-->' ? `|"${escaped(where.join(', '))}"|` : '';
      return `${from} ${label}${only} ${to}`;
    }),
    'classDef changed fill:#fdf0d3,stroke:#7a4a00,color:#3d2500',
    'classDef stack fill:#e3f1f3,stroke:#0b5d6b,color:#06343c',
    'classDef server fill:#ffffff,stroke:#0b5d6b,color:#06343c',
    'classDef gone fill:#fde8e9,stroke:#a3162c,color:#5c0c18,stroke-dasharray:4 3',
    'classDef peer fill:#f4f5f3,stroke:#5a635e,color:#1d2320',
  ].join('\n');
}

/** Mermaid knows characters by their number. */
function escaped(text: string): string {
  return text.replaceAll(/[^\p{L}\p{N} .,:/_()*=-]/gu, (character) => `#${character.codePointAt(0) ?? 0};`);
}
