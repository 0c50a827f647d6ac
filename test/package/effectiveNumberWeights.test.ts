import '@tensorflow/tfjs';
import { effectiveNumberWeights, sparseCategoricalCrossentropy } from '../../src/index.js';

const assertNear = (actual: readonly number[], expected: readonly number[]): void =>
  actual.forEach((x, i) => expect(x).toBeCloseTo(expected[i] as number, 6));

test('weights are those of timm', () => {
  const ofFive = [
    2.377519369125366, 2.377519369125366, 0.2388237714767456, 0.0037600856740027666, 0.0023775193840265274,
  ];
  assertNear(effectiveNumberWeights([0, 1, 10, 1000, 100000]), ofFive);
  assertNear(
    effectiveNumberWeights(Int32Array.of(5, 50, 500), { beta: 0.9 }),
    [1.6473184823989868, 0.6780881285667419, 0.6745933890342712],
  );
});

test('a beta of 0 weighs all alike, one of 1 and one just below it by the inverse of the counts', () => {
  expect(effectiveNumberWeights([1, 20, 300], { beta: 0 })).toEqual([1, 1, 1]);
  assertNear(effectiveNumberWeights([1, 3], { beta: 1 }), [1.5, 0.5]);
  assertNear(effectiveNumberWeights([1, 3], { beta: 1 - 2 ** -52 }), [1.5, 0.5]);
});

test('a loss takes them', () => {
  const classWeights = effectiveNumberWeights([1, 2], { beta: 0.5 });
  const loss = sparseCategoricalCrossentropy([1], [[0.5, 0.5]], { classWeights });
  expect(loss.dataSync()[0]).toBeCloseTo(0.8 * Math.LN2, 6);
});

test('bad arguments are refused', () => {
  const call = effectiveNumberWeights as (...args: unknown[]) => unknown;
  expect(() => call(3)).toThrow('effectiveNumberWeights: counts is 3; expected one count per class');
  expect(() => call([])).toThrow('effectiveNumberWeights: counts is []; expected one count per class');
  expect(() => call([[1, 2]])).toThrow('counts has shape [1,2]; expected one count per class');
  expect(() => call([1, -2])).toThrow('counts[1] is -2; expected a number of examples >= 0');
  expect(() => call([1, NaN])).toThrow('counts[1] is NaN; expected a number of examples >= 0');
  expect(() => call([1], { beta: 2 })).toThrow('effectiveNumberWeights: beta is 2; expected a number from 0 to 1');
  expect(() => call([1], { gamma: 2 })).toThrow('unknown option "gamma"; expected beta');
});
