import { type EnvironmentComparison } from '../compare/compare-renderings.js';
import { ACTIONS } from '../compare/object-change.js';
import { type EnvironmentRendering } from '../compare/rendering.js';
import { html, type Html } from './html.js';

/** An environment in numbers, with what changes in it where that is known. */
export function statistics(
  { stacks }: EnvironmentRendering,
  comparison: EnvironmentComparison | undefined,
): Html {
  const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0);
  const warnings = sum(stacks.map(({ summary }) => summary?.warnings.length ?? 0));
  const counts: readonly (readonly [string, number, string?])[] = [
    ['stacks', stacks.length],
    ['objects', sum(stacks.map(({ objects }) => objects.length))],
    ['images', new Set(stacks.flatMap(({ summary }) => summary?.images ?? [])).size],
    ['warnings', warnings, warnings > 0 ? 'change' : undefined],
    ...(comparison === undefined
      ? []
      : ACTIONS.map((action) => {
          const count = sum(comparison.stacks.map((stack) => stack.counts[action]));
          return [`to ${action}`, count, count > 0 ? action : undefined] as const;
        })),
  ];
  return html`<dl class="statistics">
    ${counts.map(([label, count, tone]) => html`<div${tone === undefined ? undefined : html` class="${tone}"`}><dt>${label}</dt><dd>${count}</dd></div>`)}
  </dl>`;
}
