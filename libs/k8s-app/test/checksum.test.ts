import fc from 'fast-check';
import { configChecksum, secretChecksum, type Contents } from '../src/checksum.js';

/** Small alphabets, so that near misses (a key that moves to a neighbour) are frequent. */
const word = fc.string({ unit: fc.constantFrom('a', 'b', '"', ',', '\0'), maxLength: 3 });
const contents = fc.dictionary(word, fc.dictionary(word, word, { maxKeys: 3 }), { maxKeys: 3 });

const reversed = <T>(record: Readonly<Record<string, T>>): Record<string, T> =>
  Object.fromEntries(Object.entries(record).reverse());

test.each<[string, (data: Contents) => string]>([
  ['of configuration', configChecksum],
  ['of secrets', (data) => secretChecksum({ namespace: 'tools', name: 'echo' }, data)],
])('the checksum %s changes exactly when the data does', (_title, checksum) => {
  const same = (one: Contents, other: Contents): boolean => {
    try {
      expect(one).toEqual(other);
      return true;
    } catch {
      return false;
    }
  };
  fc.assert(
    fc.property(contents, contents, (one, other) => {
      const reordered = reversed(
        Object.fromEntries(Object.entries(one).map(([name, data]) => [name, reversed(data)])),
      );
      expect(checksum(reordered)).toBe(checksum(one));
      expect(checksum(one) === checksum(other)).toBe(same(one, other));
    }),
  );
});
