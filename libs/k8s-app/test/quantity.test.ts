import { parseQuantity } from '../src/validation/quantity.js';

test.each([
  ['1', 1],
  ['0.5', 0.5],
  ['.5', 0.5],
  ['1.', 1],
  ['100m', 0.1],
  ['2k', 2000],
  ['1Ki', 1024],
  ['1.5Gi', 1.5 * 1024 ** 3],
  ['1E', 1e18],
  ['1e3', 1000],
  ['1E3', 1000],
  ['5e-1', 0.5],
  ['', undefined],
  ['-1', undefined],
  ['1 Gi', undefined],
  ['1GB', undefined],
  ['1K', undefined],
  ['Gi', undefined],
  ['.', undefined],
])('%s is %s', (text, number) => {
  const parsed = parseQuantity(text);
  if (number === undefined) expect(parsed).toBeUndefined();
  else expect(parsed).toBeCloseTo(number, 9);
});
