import * as tf from '@tensorflow/tfjs';
import seedrandom from 'seedrandom';
import * as L from '../../src/index.js';
import { mean, sum } from '../../src/numerics/sum.js';
import { byFormula, compute } from '../support/law.js';

import { expectUnits } from '../support/expectUnits.js';
import { mostUlp } from '../support/ulp.js';

/* A sum of a million numbers has its digits: 3 ulp at most, whatever the numbers, the axis and the backend. */

declare const backend: string;

const MOST = 3;
const [rows, columns] = [1000, 1000];
const random = seedrandom('sums');

const drawn = (of: () => number): Float32Array => Float32Array.from({ length: rows * columns }, of);

/** Sums by float64. */
const exactSums: Readonly<Record<string, (data: Float32Array) => number[]>> = {
  all: (data) => [data.reduce((total, x) => total + x, 0)],
  rows: (data) =>
    Array.from({ length: rows }, (_, row) =>
      data.subarray(row * columns, (row + 1) * columns).reduce((total, x) => total + x, 0),
    ),
  columns: (data) =>
    Array.from({ length: columns }, (_, column) => {
      let total = 0;
      for (let row = 0; row < rows; row++) total += data[row * columns + column] as number;
      return total;
    }),
};

const axes = { all: undefined, rows: 1, columns: 0 } as const;
const numbers: Readonly<Record<string, Float32Array>> = {
  'of 0.1 each': drawn(() => 0.1),
  'from 0 to 1': drawn(random),
  'of many magnitudes': drawn(() => 10 ** (-6 * random())),
};
const cases = Object.keys(numbers).flatMap((kind) =>
  (['all', 'rows', 'columns'] as const).map((what) => [what, kind] as const),
);

test.each(cases)('sums of %s, numbers %s', (what, kind) => {
  const data = numbers[kind] as Float32Array;
  const exact = exactSums[what]?.(data) as number[];
  const found = compute(() => sum(tf.tensor2d(data, [rows, columns]), axes[what]));
  expect(mostUlp(found, exact)).toBeLessThanOrEqual(MOST);
});

const kinds = Object.keys(numbers);

/** What means come to yet on backends whose sums are made of blocks, and means of losses. */
const known: number | undefined = { wasm: 4, tensorflow: 4 }[backend];
const knownOfLosses: number | undefined = { wasm: 4 }[backend];

test('means of rows and of columns', () => {
  const errors = cases
    .filter(([what]) => what !== 'all')
    .map(([what, kind]) => {
      const data = numbers[kind] as Float32Array;
      const exact = (exactSums[what]?.(data) as number[]).map((total) => total / 1000);
      const found = compute(() => mean(tf.tensor2d(data, [rows, columns]), axes[what] as number));
      return mostUlp(found, exact);
    });
  expectUnits(Math.max(...errors), MOST, known, '');
});

/** The worst of a reduction, by the first call, by the kernel and by the formula. */
function errorOfLoss(reduction: 'sum' | 'mean' | 'perExample', kind: string): number {
  const data = numbers[kind] as Float32Array;
  const totals = exactSums[reduction === 'perExample' ? 'rows' : 'all']?.(data) as number[];
  const count = { sum: 1, mean: rows * columns, perExample: columns }[reduction];
  const exact = totals.map((total) => total / count);
  const loss = (): tf.Tensor => {
    const predictions = tf.tensor2d(data, [rows, columns]);
    return L.meanAbsoluteError(tf.zerosLike(predictions), predictions, { reduction });
  };
  return Math.max(
    ...[compute(loss), compute(loss), byFormula(() => compute(loss))].map((values) => mostUlp(values, exact)),
  );
}

test.each(kinds.flatMap((kind) => (['sum', 'mean'] as const).map((reduction) => [reduction, kind] as const)))(
  'the %s of losses, numbers %s',
  (reduction, kind) => {
    expectUnits(errorOfLoss(reduction, kind), MOST, undefined, '');
  },
);

test('means of losses over examples', () => {
  expectUnits(Math.max(...kinds.map((kind) => errorOfLoss('perExample', kind))), MOST, knownOfLosses, '');
});

test('a sum in single precision, one number after the other, is noticed', () => {
  const data = numbers['of 0.1 each'] as Float32Array;
  const naive = data.reduce((total, x) => Math.fround(total + x), 0);
  expect(mostUlp([naive], exactSums['all']?.(data) as number[])).toBeGreaterThan(1000);
});
