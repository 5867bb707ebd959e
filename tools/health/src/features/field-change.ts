/**
 * What a change does to clients that were written for the former list. `may break`: it depends on the client, or cannot
 * be told from the schemas.
 */
export type Impact = 'breaks' | 'may break' | 'compatible';

/** From the worst on. */
export const IMPACTS: readonly Impact[] = ['breaks', 'may break', 'compatible'];

/** One difference between two versions of a tool, resource or prompt. */
export interface FieldChange {
  /** `description`, `argument owner`, `result items[].id`, `readOnlyHint`. */
  readonly field: string;
  /** `"old", now "new"`, `new and required`, `string, now integer`. */
  readonly what: string;
  readonly impact: Impact;
}

/** The worst of some changes; `compatible` where there are none. */
export function worstImpact(changes: readonly { readonly impact: Impact }[]): Impact {
  return IMPACTS.find((impact) => changes.some((change) => change.impact === impact)) ?? 'compatible';
}
