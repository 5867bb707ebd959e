import * as fc from 'fast-check';
import { type LabelSelector, selects } from '../src/report/label-selector.js';
import { SelectorIndex } from '../src/report/selector-index.js';

const key = fc.constantFrom('app', 'tier', 'part-of');
const value = fc.constantFrom('a', 'b', 'c');
const labels = fc.dictionary(key, value);
const selector: fc.Arbitrary<LabelSelector> = fc.record(
  {
    matchLabels: labels,
    matchExpressions: fc.array(
      fc.record({
        key,
        operator: fc.constantFrom('In', 'NotIn', 'Exists', 'DoesNotExist'),
        values: fc.array(value),
      }),
      { maxLength: 1 },
    ),
  },
  { requiredKeys: [] },
);

test('finds what a look at each selector finds, in its order', () => {
  fc.assert(
    fc.property(fc.array(selector), labels, (selectors, wanted) => {
      const entries = selectors.map((one, place) => ({ selector: one, value: place }));
      expect(new SelectorIndex(entries).selecting(wanted)).toEqual(
        entries.filter((entry) => selects(entry.selector, wanted)).map((entry) => entry.value),
      );
    }),
    { numRuns: 1000 },
  );
});
