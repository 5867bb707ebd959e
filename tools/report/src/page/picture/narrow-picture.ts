import { html, type Html } from '../html.js';
import { fitted } from './fitted.js';
import { type PicturedPort, type PicturedStack } from './pictured-stack.js';

const WIDTH = 340;
const INDENT = 18;
const HEAD = 42;
const PORT = 34;
const PEER = 24;
const FOOT = 10;
const GAP = 18;

/** The chain from top to bottom, for a phone: who reaches a port stands below it. */
export function narrowPicture(stacks: readonly PicturedStack[], title: string): Html {
  let y = 4;
  const cards = stacks.map((stack) => {
    const height =
      HEAD +
      FOOT +
      Math.max(
        PEER,
        stack.ports.reduce((sum, port) => sum + portHeight(port), 0),
      );
    const card = { stack, y, x: 4 + Math.min(stack.depth, 3) * INDENT, height };
    y += height + GAP;
    return card;
  });
  const height = y - GAP + 4;
  return html`<svg
    class="picture narrow"
    viewBox="0 0 ${WIDTH} ${height}"
    width="${WIDTH}"
    height="${height}"
    role="img"
    aria-label="${title}"
  >
    ${cards.flatMap(({ stack, x, y: top }) =>
      stack.upstreams.map((name) => {
        const from = cards.find((one) => one.stack.name === name);
        return from === undefined
          ? undefined
          : html`<path
              class="edge chain"
              d="M${from.x + 9} ${from.y + from.height}V${top + HEAD / 2}H${x}"
            />`;
      }),
    )}
    ${cards.map(({ stack, x, y: top, height: cardHeight }) => {
      let portTop = top + HEAD;
      const width = WIDTH - x - 4;
      return html`<g
        ><rect class="card" x="${x}" y="${top}" width="${width}" height="${cardHeight}" rx="10" />
        <text class="name" x="${x + 14}" y="${top + 27}">${fitted(stack.name, 24)}</text>
        ${stack.change === undefined ? undefined : html`<text class="change" x="${x + width - 14}" y="${top + 27}" text-anchor="end">${fitted(stack.change, 14)}</text>`}
        ${stack.ports.length === 0 ? html`<text class="quiet" x="${x + 14}" y="${portTop + 12}">exposes nothing</text>` : undefined}
        ${stack.ports.map((port) => {
          const picture = portPicture(port, x + 8, portTop, width - 16);
          portTop += portHeight(port);
          return picture;
        })}</g
      >`;
    })}
  </svg>`;
}

function portHeight({ peers }: PicturedPort): number {
  return PORT + Math.max(1, peers.length) * PEER;
}

function portPicture({ name, peers, nobody }: PicturedPort, x: number, y: number, width: number): Html {
  return html`<rect
      class="port${nobody === undefined ? '' : ' closed'}"
      x="${x}"
      y="${y}"
      width="${width}"
      height="28"
      rx="6"
    />
    <text class="mono" x="${x + 10}" y="${y + 18}">${fitted(name, 36)}</text>
    ${peers.map(
      (peer, index) =>
        html`<text
          class="from${peer.isBroad ? ' broad' : ''}${peer.isNew ? ' new' : ''}"
          x="${x + 12}"
          y="${y + PORT + index * PEER + 12}"
          ><title>${peer.name}</title>← ${fitted(peer.name, 36)}${peer.isNew ? ' (new)' : ''}</text
        >`,
    )}
    ${nobody === undefined ? undefined : html`<text class="quiet" x="${x + 12}" y="${y + PORT + 12}">← ${fitted(nobody, 40)}</text>`}`;
}
