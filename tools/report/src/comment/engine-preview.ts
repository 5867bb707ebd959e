import { type Action } from '../compare/object-change.js';

/** What the engine says an update of one stack would do. */
export interface EnginePreview {
  readonly stack: string;
  readonly environment: string;
  /** What becomes of which resource; what stays as it is, is not among them. */
  readonly steps: readonly EngineStep[];
  /** Number of resources that stay. */
  readonly unchanged: number;
}

export interface EngineStep {
  readonly action: Action;
  /** `Deployment tools/server`; of what is no object of Kubernetes, its type and its name in the program. */
  readonly name: string;
  /** Paths of the fields for which it is replaced. */
  readonly replaceReasons: readonly string[];
}
