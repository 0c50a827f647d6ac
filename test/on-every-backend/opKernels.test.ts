import * as tf from '@tensorflow/tfjs';
import '../../src/index.js';
import { block } from '../../src/numerics/block.js';
import { squaredDistances } from '../../src/numerics/distanceMatrix.js';
import { matMul } from '../../src/numerics/matMul.js';
import { opKernels } from '../../src/numerics/opKernels.js';
import { assertClose } from '../support/law.js';

afterEach(() => tf.env().set('LOSSES_FUSED', true));

type Compute = (...inputs: tf.Tensor[]) => tf.Tensor;

/** The value, the gradients, and the second derivative along all inputs. */
function outcome(compute: Compute, inputs: readonly tf.Tensor[]): number[][] {
  const once = (...xs: tf.Tensor[]): tf.Scalar => tf.sum(tf.square(compute(...xs)));
  const slope = (...xs: tf.Tensor[]): tf.Scalar => {
    const gradients = tf.grads(once)(xs);
    return tf.addN(gradients.map((gradient) => tf.sum(tf.square(gradient))));
  };
  const tensors = [compute(...inputs), ...tf.grads(once)([...inputs]), ...tf.grads(slope)([...inputs])];
  return tensors.map((tensor) => Array.from(tensor.dataSync()));
}

/** With kernels the same as without, relative to the largest number. */
function holds(compute: Compute, inputs: readonly tf.Tensor[], tolerance = 1e-5): void {
  const run = (areOn: boolean): number[][] => {
    tf.env().set('LOSSES_FUSED', areOn);
    return tf.tidy(() => outcome(compute, inputs) as never);
  };
  run(true);
  const [found, expected] = [run(true), run(false)];
  expected.forEach((numbers, i) => {
    const size = Math.max(...numbers.map(Math.abs));
    const inUnits = (all: readonly number[]): number[] => all.map((x) => 1 + x / size);
    assertClose(inUnits(found[i] as number[]), inUnits(numbers), tolerance, `output ${i}`);
  });
}

const normal = (shape: number[], seed: number): tf.Tensor => tf.randomNormal(shape, 0, 1, 'float32', seed);

// Rows and columns that fill no tile, an axis longer than one sum, and more of each than are in memory at one time.
const sizes = [
  [33, 65, 41],
  [32, 258, 33],
  [130, 33, 32],
  [32, 33, 258],
  [3, 5, 1201],
] as const;

describe.each(sizes)('of %i rows, %i entries and %i columns', (rows, inner, columns) => {
  const choices = [false, true].flatMap((a) => [false, true].map((b) => [a, b] as const));
  test.each(choices)('a product, transposed %s and %s', (ofA, ofB) => {
    const [a, b] = [
      normal(ofA ? [inner, rows] : [rows, inner], 1),
      normal(ofB ? [columns, inner] : [inner, columns], 2),
    ];
    holds((x, y) => matMul(x, y, ofA, ofB), [a, b]);
  });

  test('distances', () => {
    holds((a, b) => squaredDistances(a, b), [normal([rows, inner], 1), normal([columns, inner], 2)]);
  });
});

test('blocks', () => {
  holds((x) => block(x, [1, 0, 2], [2, 3, 4]), [normal([4, 3, 7], 1)]);
});

test('masked rows are filled', () => {
  const kept = tf.tensor3d([1, 0, 1, 1, 0, 1], [2, 3, 1], 'bool');
  const filled = (x: tf.Tensor): tf.Tensor =>
    opKernels.filled?.(kept, x, 5) ?? tf.where(tf.tile(kept, [1, 1, 4]), x, 5);
  holds((x) => filled(x), [normal([2, 3, 4], 1)]);
});

test.each([[[]], [[1]], [[0, 1, 1]], [[1, 1, 1, 1, 0, 1, 1, 0, 1]], [[0, 2]], [[1, 0, 0, 0, 3]]])(
  'of %j those that are true are counted, unless one is neither 0 nor 1',
  (bytes) => {
    const found = opKernels.countTrue?.(tf.tensor(Uint8Array.from(bytes), [bytes.length], 'bool'));
    expect(found).toBe(bytes.some((byte) => byte > 1) ? null : bytes.filter(Boolean).length);
  },
);

test('a product whose rows are in another order is noticed', () => {
  const { product } = opKernels;
  opKernels.product = (a, b, ofA, ofB) =>
    tf.env().getBool('LOSSES_FUSED') ? tf.reverse(tf.matMul(a, b, ofA, ofB), 0) : null;
  try {
    expect(() => holds((x) => matMul(x, x), [normal([40, 40], 1)])).toThrow(/output 0/);
  } finally {
    if (product) opKernels.product = product;
  }
});
