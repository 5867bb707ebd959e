import { type Block, type Hunk, type Line, lineDiff } from '../compare/line-diff.js';
import { html, type Html } from './html.js';

/**
 * How two texts differ: beside each other where there is room, else one below the other. The style sheet decides; a
 * line that is the same on both sides is there twice, of which a narrow page and a screen reader get one.
 */
export function diffView(before: string, after: string): Html {
  return html`<div class="diff">${lineDiff(before, after).map(hunkView)}</div>`;
}

function hunkView({ skipped, blocks }: Hunk): Html {
  return html`${skipped > 0 ? html`<p class="skipped">${skipped} ${skipped === 1 ? 'line' : 'lines'} the same</p>` : undefined}${blocks.map(blockView)}`;
}

function blockView(block: Block): Html {
  const { before, after } = block.start;
  if (block.kind === 'same') {
    const lines = block.lines.map((text): Line => [{ text, differs: false }]);
    return html`<div class="row">
      <div class="side twin" aria-hidden="true">${linesView(lines, before, 'same')}</div>
      <div class="side">${linesView(lines, after, 'same')}</div>
    </div>`;
  }
  return html`<div class="row">
    <div class="side removed">${linesView(block.removed, before, 'removed')}</div>
    <div class="side added">${linesView(block.added, after, 'added')}</div>
  </div>`;
}

const SIGNS = { same: ' ', removed: '−', added: '+' } as const;
const SPOKEN = { same: undefined, removed: 'removed: ', added: 'added: ' } as const;

function linesView(lines: readonly Line[], start: number, kind: keyof typeof SIGNS): readonly Html[] {
  const spoken = SPOKEN[kind];
  return lines.map(
    (line, index) =>
      html`<div class="line">
        <span class="number" aria-hidden="true">${start + index}</span
        ><span class="sign" aria-hidden="true">${SIGNS[kind]}</span
        ><code
          >${spoken === undefined ? undefined : html`<span class="spoken">${spoken}</span>`}${line.map(({ text, differs }) => (differs ? html`<mark>${text}</mark>` : html`${text}`))}</code
        >
      </div>`,
  );
}
