import * as tf from '@tensorflow/tfjs';
import { triplet } from '../../src/index.js';
import { measure } from '../../src/loss/measure.js';
import { inBlocks, type Parts } from '../../src/numerics/inBlocks.js';
import { assertClose, scalarized } from '../support/law.js';

const table = tf.tensor2d([1, -2, 0.5, 3, 0.25, -1, 2, -0.5, 1.5, 1], [5, 2]);
const factor = tf.tensor1d([0.5, 2]);
const isCounted = tf.tensor1d([1, 0, 1, 1, 0], 'bool');

/** Powers of rows with a factor, where a row counts. */
const powers = ({ own: [rows, counts], shared: [by] }: Parts): tf.Tensor =>
  tf.where(tf.expandDims(counts as tf.Tensor, 1), tf.mul(by as tf.Tensor, tf.pow(rows as tf.Tensor, 3)), 0);

const partsOf = (rows: tf.Tensor, by: tf.Tensor): Parts => ({ own: [rows, isCounted], shared: [by] });

/** A result, its derivatives and those of a derivative. */
function everythingOf(f: (rows: tf.Tensor, by: tf.Tensor) => tf.Tensor): number[][] {
  const total = (rows: tf.Tensor, by: tf.Tensor): tf.Tensor => scalarized(f(rows, by));
  const slope = (rows: tf.Tensor, by: tf.Tensor): tf.Tensor => scalarized(tf.grads(total)([rows, by])[0] as tf.Tensor);
  const found = [f(table, factor), ...tf.grads(total)([table, factor]), ...tf.grads(slope)([table, factor])];
  return found.map((x) => Array.from(x.dataSync()));
}

/** Throws if what is made some rows at a time is not what is made at once. */
function check(size: number, made: typeof inBlocks): void {
  const whole = everythingOf((rows, by) => powers(partsOf(rows, by)));
  const found = everythingOf((rows, by) => made(partsOf(rows, by), size, powers));
  whole.forEach((expected, i) => assertClose(found[i] as number[], expected, 1e-6, `result ${i}`));
}

test.each([1, 2, 3, 5, 8])('what is made %i rows at a time is what is made at once', (size) => {
  check(size, inBlocks);
});

/** x, with derivatives of 0. */
const frozen = tf.customGrad((...inputs) => ({
  value: (inputs[0] as tf.Tensor).clone(),
  gradFunc: (dy: tf.Tensor) => tf.zerosLike(dy),
}));

test.each<[string, RegExp, typeof inBlocks]>([
  ['rows in another order', /result 0/, (...args) => tf.reverse(inBlocks(...args), 0)],
  [
    'no derivative for what is shared',
    /result 2/,
    ({ own, shared }, size, f) => inBlocks({ own, shared: shared.map((x) => frozen(x)) }, size, f),
  ],
])('but not with %s', (_, complaint, broken) => {
  expect(() => check(2, broken)).toThrow(complaint);
});

test('a tensor may be both of rows and shared', () => {
  const square = tf.tensor2d([1, 2, 3, 4], [2, 2]);
  const f = ({ own: [rows], shared: [all] }: Parts): tf.Tensor => tf.matMul(rows as tf.Tensor, all as tf.Tensor);
  const gradient = tf.grad((x: tf.Tensor) => scalarized(inBlocks({ own: [x], shared: [x] }, 1, f)))(square);
  const expected = tf.grad((x: tf.Tensor) => scalarized(tf.matMul(x, x)))(square);
  assertClose(Array.from(gradient.dataSync()), Array.from(expected.dataSync()), 1e-6, 'the gradient');
});

test.each(['all', 'hard', 'semihard', 'batchHard', 'batchSemihard'] as const)(
  'triplets are never there all at once: %s',
  async (mining) => {
    const labels = tf.tensor1d(
      Array.from({ length: 48 }, (_, i) => i % 8),
      'int32',
    );
    const embeddings = tf.randomNormal([48, 4], 0, 1, 'float32', 1);
    const loss = (x: tf.Tensor): tf.Tensor => tf.sum(triplet(labels, x, { mining, swap: true }));
    const { kernels } = await tf.profile(() => tf.tidy(() => tf.grad(loss)(embeddings)));
    const sizes = kernels.flatMap(({ outputShapes }) => outputShapes.map((shape) => tf.util.sizeFromShape(shape)));
    const largest = sizes.reduce((most, size) => Math.max(most, size), 0);
    expect(largest).toBeLessThan(48 ** 3 / 2);
  },
);

test.each(['all', 'batchHard'] as const)(
  'five hundred examples take no more memory than a few tables of their pairs: %s',
  async (mining) => {
    const count = 512;
    const labels = tf.tensor1d(
      Array.from({ length: count }, (_, i) => Math.floor(i / 8)),
      'int32',
    );
    const embeddings = tf.randomNormal([count, 4], 0, 1, 'float32', 1);
    const before = tf.memory().numBytes;
    const loss = (x: tf.Tensor): tf.Tensor => triplet.mean(labels, x, { mining });
    const { peakBytes } = await tf.profile(() => tf.tidy(() => tf.grad(loss)(embeddings)));
    expect((peakBytes - before) / 2 ** 20).toBeLessThan(48);
  },
);

test.each(['all', 'batchSemihard'] as const)('nor are triplets there all at once for a metric: %s', async (mining) => {
  const labels = tf.tensor1d(
    Array.from({ length: 48 }, (_, i) => i % 8),
    'int32',
  );
  const embeddings = tf.randomNormal([48, 4], 0, 1, 'float32', 1);
  const options = { weights: null, isWeighted: false };
  const value = triplet.mean(labels, embeddings, { mining }).dataSync()[0] as number;
  let found = NaN;
  const { kernels } = await tf.profile(() =>
    tf.tidy(() => {
      const { total, divisor } = measure(
        triplet.with({ mining }),
        [labels, embeddings],
        { reduction: 'mean' },
        options,
      );
      const quotient = tf.div(total, divisor);
      found = quotient.dataSync()[0] as number;
      return quotient;
    }),
  );
  const sizes = kernels.flatMap(({ outputShapes }) => outputShapes.map((shape) => tf.util.sizeFromShape(shape)));
  expect(sizes.reduce((most, size) => Math.max(most, size), 0)).toBeLessThan(48 ** 3 / 2);
  expect(found).toBeCloseTo(value, 5);
});
