import { type ExpectedFeatures, expectFeatures } from '@mcp-stacks/health';
import { type StackComparison } from '../compare/compare-renderings.js';

/** What can be said to the clients of one server. */
export interface ClientChange {
  /** `namespace/name` */
  readonly server: string;
  /** The end of a sentence about it. */
  readonly text: string;
}

/**
 * What the clients of a stack's servers will find after the deploy, as far as two renders can tell: of a server whose
 * image and settings stay nothing is said, unless its Deployment changes in other ways.
 */
export function clientChanges({ changes }: Pick<StackComparison, 'changes'>): readonly ClientChange[] {
  const objects = (side: 'before' | 'after') =>
    changes.flatMap((change) => {
      const object = change[side]?.object;
      return object === undefined ? [] : [object];
    });
  return expectFeatures(objects('before'), objects('after')).map((expected) => ({
    server: `${expected.namespace}/${expected.name}`,
    text: textOf(expected),
  }));
}

function textOf({ features, because }: ExpectedFeatures): string {
  switch (features) {
    case 'the same':
      return 'offers the same: neither its image nor its settings change';
    case 'new':
      return 'is new';
    case 'gone':
      return 'is gone';
    case 'unknown':
      return `may offer other tools, resources and prompts (${because.join(', ')}): the deploy tells`;
  }
}
