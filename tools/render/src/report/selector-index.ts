import { type LabelSelector, selects } from './label-selector.js';

/** What a selector belongs to. */
interface Entry<T> {
  readonly selector: LabelSelector;
  readonly value: T;
}

/**
 * Finds the selectors that select given labels without asking each of them: one that names labels stands under the
 * one of them that the fewest others name.
 */
export class SelectorIndex<T> {
  /** Places in `entries`, by a label; the ones that name none are under the empty text. */
  readonly #places = new Map<string, number[]>();

  constructor(private readonly entries: readonly Entry<T>[]) {
    const uses = new Map<string, number>();
    for (const { selector } of entries) {
      for (const label of labelsOf(selector.matchLabels)) uses.set(label, (uses.get(label) ?? 0) + 1);
    }
    entries.forEach(({ selector }, place) => {
      let rarest = '';
      for (const label of labelsOf(selector.matchLabels)) {
        if (rarest === '' || (uses.get(label) ?? 0) < (uses.get(rarest) ?? 0)) rarest = label;
      }
      const places = this.#places.get(rarest);
      if (places === undefined) this.#places.set(rarest, [place]);
      else places.push(place);
    });
  }

  /** Everything whose selector selects the labels, in the order of the entries. */
  selecting(labels: Readonly<Record<string, string>>): readonly T[] {
    return ['', ...labelsOf(labels)]
      .flatMap((label) => this.#places.get(label) ?? [])
      .sort((one, other) => one - other)
      .flatMap((place) => {
        const entry = this.entries[place];
        return entry !== undefined && selects(entry.selector, labels) ? [entry.value] : [];
      });
  }
}

function labelsOf(labels: Readonly<Record<string, string>> = {}): readonly string[] {
  return Object.entries(labels).map(([key, value]) => `${key}=${value}`);
}
