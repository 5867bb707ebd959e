import type { Problem } from '@mcp-stacks/problem';
import type { FeatureChange } from './features/compare-features.js';
import type { FeatureList } from './features/feature-list.js';
import type { ServerReference } from './server-reference.js';

/** What came of asking one server. */
export interface ServerHealth extends ServerReference {
  /**
   * `listed`: it said what it offers. `needs token`: it answers, and listing needs a bearer token. `no answer`: clients
   * have nothing. `not asked`: it could not be asked, which says nothing about it. `not deployed`: there is no Service.
   */
  readonly result: 'listed' | 'needs token' | 'no answer' | 'not asked' | 'not deployed';
  /** What it offers, where it is `listed`. */
  readonly features?: FeatureList;
  /** The difference to what was recorded; absent where nothing was. */
  readonly changes?: readonly FeatureChange[];
  /** Why it gave `no answer` or was `not asked`. */
  readonly problem?: Problem;
  /** Why its list was not recorded, though that was asked for. */
  readonly notRecorded?: string;
}
