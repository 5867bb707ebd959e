import { type EnvironmentComparison } from '../compare/compare-renderings.js';
import { type EnvironmentRendering } from '../compare/rendering.js';
import { changesSection } from './changes-section.js';
import { type Content, html, type Html } from './html.js';
import { pageDocument } from './page-document.js';
import { statistics } from './statistics.js';
import { narrowPicture } from './picture/narrow-picture.js';
import { type PicturedStack, picturedStacks } from './picture/pictured-stack.js';
import { widePicture } from './picture/wide-picture.js';
import { stackSection } from './stack-section.js';

/** What a page shows. */
export interface EnvironmentPage {
  readonly environment: EnvironmentRendering;
  /** All that have a page, this one included. */
  readonly environments: readonly string[];
  /** What was rendered: `0b1c2d3e4f and uncommitted changes`. */
  readonly commit: string;
  readonly changes?: { readonly base: string; readonly comparison: EnvironmentComparison };
}

/**
 * One environment as one file that asks nothing of anybody: no request, no script but its own, and without it all can
 * still be read.
 */
export function environmentPage({ environment, environments, commit, changes }: EnvironmentPage): string {
  const { name, stacks } = environment;
  const comparisons = changes?.comparison.stacks ?? [];
  const pictured = picturedStacks(
    stacks,
    new Set(comparisons.flatMap(({ findings }) => findings?.exposure.added ?? [])),
    new Map(
      comparisons.flatMap(({ stack, changes: { length } }) =>
        length === 0 ? [] : [[stack, length === 1 ? '1 change' : `${length} changes`]],
      ),
    ),
  );
  const title = `${name}: the stacks, and who reaches their servers`;
  const body = html`<a class="skip" href="#main">Skip to the report</a>
    <header class="top">
      <div class="bar">
        <p class="product">mcp-stacks <span>preview</span></p>
        <nav aria-label="Environments">
          ${environments.map((one) => (one === name ? html`<a href="#main" aria-current="page">${one}</a>` : html`<a href="../${one}/index.html">${one}</a>`))}
        </nav>
      </div>
      <h1>${name}</h1>
      <p class="commit">
        rendered from
        <span class="mono">${commit}</span
        >${changes === undefined ? undefined : html`, compared with <span class="mono">${changes.base}</span>`}
      </p>
      ${statistics(environment, changes?.comparison)}
    </header>
    <div class="tools" role="search" hidden>
      <label for="search"
        ><span class="spoken">Search</span
        ><input
          id="search"
          type="search"
          placeholder="Search kinds, names, images, YAML"
          autocomplete="off"
          spellcheck="false"
          aria-describedby="found" /></label
      ><kbd aria-hidden="true">/</kbd>
      <span id="found" role="status"></span>
      <button type="button" id="unfold">Unfold all</button>
    </div>
    <main id="main" tabindex="-1">
      <section aria-labelledby="picture-title">
        <h2 id="picture-title">Who reaches what</h2>
        <div class="pictures">
          <div class="scroll" tabindex="0" role="region" aria-label="Picture of the chain">
            ${widePicture(pictured, title)}
          </div>
          ${narrowPicture(pictured, title)}
        </div>
        ${legend(pictured)} ${inWords(pictured)}
      </section>
      ${changes === undefined ? undefined : changesSection(changes.comparison, changes.base)}
      <p id="nothing" class="quiet" hidden>Nothing here matches.</p>
      ${stacks.map((stack) =>
        stackSection(
          stack,
          new Map(
            (comparisons.find((one) => one.stack === stack.stack)?.changes ?? []).flatMap(
              ({ action, after }) => (after === undefined ? [] : [[after.key, action]]),
            ),
          ),
        ),
      )}
    </main>
    <footer>
      <p>
        Written by <span class="mono">npx report</span>. No cluster was asked; values of Secrets are nowhere
        in this page.
      </p>
    </footer>`;
  return pageDocument({ title: `${name} · mcp-stacks preview`, body, hasScript: true });
}

/** What its colours mean, where it has them. */
function legend(stacks: readonly PicturedStack[]): Content {
  const peers = stacks.flatMap(({ ports }) => ports.flatMap((port) => port.peers));
  const meanings = [
    ...(peers.some(({ isNew, isBroad }) => isNew && !isBroad) ? ['Green is new.'] : []),
    ...(peers.some(({ isBroad }) => isBroad) ? ['Amber is everybody, or close to it.'] : []),
    ...(peers.some(({ isNew, isBroad }) => isNew && isBroad) ? ['Thick amber is both.'] : []),
  ];
  return meanings.length === 0 ? undefined : html`<p class="legend">${meanings.join(' ')}</p>`;
}

function inWords(stacks: readonly PicturedStack[]): Html {
  return html`<details class="words">
    <summary>The picture in words</summary>
    <ul>
      ${stacks.map(
        ({ name, upstreams, ports }) =>
          html`<li>
            <strong>${name}</strong
            >${upstreams.length === 0 ? '' : `, which builds on ${upstreams.join(' and ')},`}
            ${
              ports.length === 0
                ? 'exposes nothing.'
                : html`exposes:
                    <ul>
                      ${ports.map((port) => html`<li><code>${port.name}</code> to ${port.nobody ?? port.peers.map((peer) => `${peer.name}${peer.isNew ? ' (new)' : ''}`).join(', ')}</li>`)}
                    </ul>`
            }
          </li>`,
      )}
    </ul>
  </details>`;
}
