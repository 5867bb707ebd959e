import { type FieldChange } from './field-changes.js';
import { type RenderedObject } from './rendering.js';

/** What becomes of an object, as the engine calls it for people. */
export const ACTIONS = ['create', 'change', 'replace', 'delete'] as const;
export type Action = (typeof ACTIONS)[number];

/** What becomes of one object. */
export interface ObjectChange {
  readonly action: Action;
  /** `Deployment tools/server`; of one that changes its name, the new one. */
  readonly name: string;
  /** Absent where it is created. */
  readonly before?: RenderedObject;
  /** Absent where it is deleted. */
  readonly after?: RenderedObject;
  /** The fields that differ; none where it is created or deleted. */
  readonly fields: readonly FieldChange[];
  /** Why it is replaced, and what else there is to say of it. */
  readonly reasons: readonly string[];
}
