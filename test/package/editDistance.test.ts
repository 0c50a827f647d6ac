import * as fc from 'fast-check';
import { editDistance } from '../../src/definition/editDistance.js';

test.each([
  ['kitten', 'sitting', 3],
  ['huber', 'hubr', 1],
  ['', 'abc', 3],
  ['flaw', 'lawn', 2],
])('%s and %s', (a, b, distance) => expect(editDistance(a, b)).toBe(distance));

test('it is a metric', () => {
  const word = fc.string({ maxLength: 8 });
  fc.assert(
    fc.property(word, word, word, (a, b, c) => {
      expect(editDistance(a, b)).toBe(editDistance(b, a));
      expect(editDistance(a, b) === 0).toBe(a === b);
      expect(editDistance(a, c)).toBeLessThanOrEqual(editDistance(a, b) + editDistance(b, c));
    }),
  );
});
