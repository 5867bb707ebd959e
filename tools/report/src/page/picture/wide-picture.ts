import { html, type Html } from '../html.js';
import { fitted } from './fitted.js';
import { type PicturedPeer, type PicturedPort, type PicturedStack } from './pictured-stack.js';

const CARD = { width: 250, head: 46, row: 34, foot: 8, gap: 22 };
const PEER = { width: 230, height: 32, gap: 14 };
const COLUMN_GAP = 84;
const MARGIN = 8;

interface Point {
  readonly x: number;
  readonly y: number;
}

interface Card extends PicturedStack, Point {
  readonly height: number;
}

/**
 * The chain from left to right: each stack right of those that it builds on, its ports inside it, and at the far right
 * who reaches them.
 */
export function widePicture(stacks: readonly PicturedStack[], title: string): Html {
  const columns = Math.max(0, ...stacks.map(({ depth }) => depth)) + 1;
  const heightOf = ({ ports }: PicturedStack) => CARD.head + Math.max(1, ports.length) * CARD.row + CARD.foot;
  const inColumn = (depth: number) => stacks.filter((one) => one.depth === depth);
  const columnHeight = (depth: number) =>
    inColumn(depth).reduce((sum, one) => sum + heightOf(one) + CARD.gap, -CARD.gap);
  const peerNames = [
    ...new Set(stacks.flatMap(({ ports }) => ports.flatMap(({ peers }) => peers.map(({ name }) => name)))),
  ];
  const peersHeight = peerNames.length * (PEER.height + PEER.gap) - PEER.gap;
  const height =
    Math.max(peersHeight, ...Array.from({ length: columns }, (_, depth) => columnHeight(depth))) + 2 * MARGIN;

  const cards = Array.from({ length: columns }, (_, depth) => {
    let y = (height - columnHeight(depth)) / 2;
    return inColumn(depth).map((stack): Card => {
      const card = { ...stack, x: MARGIN + depth * (CARD.width + COLUMN_GAP), y, height: heightOf(stack) };
      y += card.height + CARD.gap;
      return card;
    });
  }).flat();
  const peersX = MARGIN + columns * (CARD.width + COLUMN_GAP);
  const peers = placePeers(cards, peersX, height);
  const width = peerNames.length === 0 ? peersX - COLUMN_GAP + MARGIN : peersX + PEER.width + MARGIN;

  return html`<svg
    class="picture wide"
    viewBox="0 0 ${width} ${height}"
    width="${width}"
    height="${height}"
    role="img"
    aria-label="${title}"
  >
    <defs>${KINDS.map((kind) => arrow(kind))}</defs>
    ${cards.flatMap((card) =>
      card.upstreams.map((name) => {
        const from = cards.find((one) => one.name === name);
        return from === undefined
          ? undefined
          : curve(
              { x: from.x + CARD.width, y: from.y + CARD.head / 2 },
              { x: card.x, y: card.y + CARD.head / 2 },
              'chain',
            );
      }),
    )}
    ${cards.map(cardPicture)}
    ${cards.flatMap((card) =>
      card.ports.flatMap((port, index) =>
        port.peers.map((peer) => {
          const place = peers.get(peer.name);
          return place === undefined
            ? undefined
            : curve(
                { x: place.x, y: place.y + PEER.height / 2 },
                { x: card.x + CARD.width - 9, y: portY(card, index) },
                kindOf(peer),
              );
        }),
      ),
    )}
    ${[...peers].map(([name, { x, y, isBroad }]) => peerPicture(name, isBroad, x, y))}
  </svg>`;
}

/** How a way to a port is drawn; the class of its line and of its arrow. */
const KINDS = ['known', 'new', 'broad', 'broad new'] as const;
type Kind = (typeof KINDS)[number];

function kindOf({ isBroad, isNew }: PicturedPeer): Kind {
  if (isBroad) return isNew ? 'broad new' : 'broad';
  return isNew ? 'new' : 'known';
}

function arrow(kind: Kind): Html {
  return html`<marker
    id="arrow-${kind.replace(' ', '-')}"
    viewBox="0 0 8 8"
    refX="7"
    refY="4"
    markerWidth="10"
    markerHeight="10"
    markerUnits="userSpaceOnUse"
    orient="auto"
  >
    <path d="M0 0L8 4L0 8z" class="tip ${kind}" />
  </marker>`;
}

function portY({ y }: Point, index: number): number {
  return y + CARD.head + index * CARD.row + CARD.row / 2 - 3;
}

/** Each as high as what it reaches, on average; they do not overlap. */
function placePeers(cards: readonly Card[], x: number, height: number) {
  const wanted = new Map<string, { isBroad: boolean; ys: number[] }>();
  for (const card of cards) {
    card.ports.forEach(({ peers }, index) => {
      for (const { name, isBroad } of peers) {
        const known = wanted.get(name) ?? { isBroad, ys: [] };
        known.ys.push(portY(card, index));
        wanted.set(name, known);
      }
    });
  }
  const mean = (ys: readonly number[]) => ys.reduce((sum, y) => sum + y, 0) / ys.length;
  const sorted = [...wanted].sort(([, one], [, other]) => mean(one.ys) - mean(other.ys));
  let lowest = MARGIN;
  let left = sorted.length;
  return new Map(
    sorted.map(([name, { isBroad, ys }]) => {
      const room = height - MARGIN - left * (PEER.height + PEER.gap) + PEER.gap;
      const y = Math.max(lowest, Math.min(mean(ys) - PEER.height / 2, room));
      lowest = y + PEER.height + PEER.gap;
      left -= 1;
      return [name, { x, y, isBroad }] as const;
    }),
  );
}

function cardPicture(card: Card): Html {
  const { x, y, name, ports, height, change } = card;
  return html`<g
    ><rect class="card" x="${x}" y="${y}" width="${CARD.width}" height="${height}" rx="10" />
    <text class="name" x="${x + 14}" y="${y + 28}">${fitted(name, change === undefined ? 28 : 18)}</text>
    ${change === undefined ? undefined : html`<text class="change" x="${x + CARD.width - 14}" y="${y + 28}" text-anchor="end">${fitted(change, 16)}</text>`}
    ${ports.length === 0 ? html`<text class="quiet" x="${x + 14}" y="${portY(card, 0) + 4}">exposes nothing</text>` : undefined}
    ${ports.map((port, index) => portPicture(port, x + 8, portY(card, index)))}</g
  >`;
}

function portPicture({ name, nobody }: PicturedPort, x: number, y: number): Html {
  const width = CARD.width - 16;
  return html`<g
    ><title>${name}${nobody === undefined ? '' : ` ← ${nobody}`}</title
    ><rect
      class="port${nobody === undefined ? '' : ' closed'}"
      x="${x}"
      y="${y - 14}"
      width="${width}"
      height="28"
      rx="6"
    />
    <text class="mono" x="${x + 10}" y="${y + 4}">${fitted(name, nobody === undefined ? 30 : 20)}</text>
    ${nobody === undefined ? undefined : html`<text class="quiet" x="${x + width - 10}" y="${y + 4}" text-anchor="end">nobody</text>`}</g
  >`;
}

function peerPicture(name: string, isBroad: boolean, x: number, y: number): Html {
  return html`<g
    ><title>${name}</title
    ><rect
      class="peer${isBroad ? ' broad' : ''}"
      x="${x}"
      y="${y}"
      width="${PEER.width}"
      height="${PEER.height}"
      rx="${PEER.height / 2}"
    />
    <text x="${x + 16}" y="${y + 21}">${fitted(name, 31)}</text></g
  >`;
}

function curve(from: Point, to: Point, kind: Kind | 'chain'): Html {
  const middle = (from.x + to.x) / 2;
  const way = `M${from.x} ${from.y}C${middle} ${from.y} ${middle} ${to.y} ${to.x} ${to.y}`;
  if (kind === 'chain') return html`<path class="edge chain" d="${way}" />`;
  return html`<path
    class="edge reach ${kind}"
    d="${way}"
    marker-end="url(#arrow-${kind.replace(' ', '-')})"
  />`;
}
