import { parseDuration } from '../src/issue/parse-duration.js';

test.each([
  ['1h', 3600],
  ['90m', 5400],
  ['600s', 600],
  ['1h30m', 5400],
  ['1h1m1s', 3661],
  ['', undefined],
  ['1', undefined],
  ['-1h', undefined],
  ['1d', undefined],
  ['1.5h', undefined],
  ['1h ', undefined],
])('%j is %s seconds', (text, seconds) => {
  expect(parseDuration(text)).toBe(seconds);
});
