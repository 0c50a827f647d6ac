import * as tf from '@tensorflow/tfjs';
import * as L from '../../src/index.js';
import { compile } from '../../src/layers/index.js';
import { byFormula, compute } from '../support/law.js';

/* Numbers that are added up one by one in single precision would lose digits that show here. */

declare const backend: string;

/** cpu adds up in double precision, slowly; of as few numbers its kernels would lose digits that show, too. */
const million = backend === 'cpu' ? 20_000 : 1_000_000;
const side = Math.round(Math.sqrt(million));
const tenth = Math.fround(0.1);
const zeros = (...shape: number[]): tf.Tensor => tf.zeros(shape);
/** Predictions whose squared error is 0.1. */
const tenths = (...shape: number[]): tf.Tensor => tf.fill(shape, Math.sqrt(0.1), 'float32');

function expectNear(values: readonly number[], right: number): void {
  for (const value of values) expect(value / right).toBeCloseTo(1, 5);
}

const both = (f: () => tf.Tensor): number[][] => [compute(f), byFormula(() => compute(f))];

test.each([
  ['mean', {}],
  ['sum', {}],
  ['weightedMean', { weights: 0.1 }],
  ['weightedMean', { weights: [0.1] }],
  ['meanOverNonzeroWeights', { weights: 0.1 }],
  ['meanOverNonzeroLosses', {}],
] as const)("'%s' of millions of losses, %j", (reduction, { weights = null }: { weights?: tf.TensorLike | null }) => {
  const n = reduction === 'weightedMean' ? 4 * million : million;
  const shape = Array.isArray(weights) ? [1, n] : [n];
  const right = { sum: n * 0.1, meanOverNonzeroWeights: 0.01 }[reduction as string] ?? 0.1;
  for (const values of both(() => L.meanSquaredError(zeros(...shape), tenths(...shape), { weights, reduction }))) {
    expectNear(values, right);
  }
});

test('means and weighted means of losses under a mask', () => {
  const n = million;
  for (const reduction of ['mean', 'weightedMean'] as const) {
    const masked = (): tf.Tensor => {
      const mask = tf.tile(tf.tensor1d([1, 0], 'bool'), [n / 2]);
      const weights = tf.fill([n], 0.1, 'float32');
      return L.meanSquaredError(zeros(n), tenths(n), { mask, reduction, ...(reduction !== 'mean' && { weights }) });
    };
    for (const values of both(masked)) expectNear(values, 0.1);
  }
});

test.each<readonly [what: string, shape: readonly number[]]>([
  ['a number', []],
  ['one for each column', [1, 2]],
])('derivatives for weights: %s', (_, shape) => {
  const f = (weights: tf.Tensor): tf.Tensor =>
    L.meanSquaredError(zeros(million, 2), tenths(million, 2), { weights, reduction: 'sum' });
  const right = shape.length === 0 ? 2 * million * tenth : million * tenth;
  for (const values of both(() => tf.grad(f)(tf.ones([...shape])))) expectNear(values, right);
});

test('derivatives for weights of positives and of classes', () => {
  const right = 0.1 * million;
  const logit = Math.log(1 / Math.expm1(0.1));
  const ofPositives = (posWeight: tf.Tensor): tf.Tensor => {
    const logits = tf.fill([million, 2], logit, 'float32');
    return L.binaryCrossentropy(tf.onesLike(logits), logits, { posWeight, fromLogits: true, reduction: 'sum' });
  };
  const ofClasses = (classWeights: tf.Tensor): tf.Tensor => {
    const logits = tf.concat([tf.fill([million, 1], logit, 'float32'), tf.zeros([million, 1])], 1);
    return L.sparseCategoricalCrossentropy(tf.zeros([million], 'int32'), logits, {
      classWeights,
      fromLogits: true,
      reduction: 'sum',
    });
  };
  expectNear(
    compute(() => tf.grad(ofPositives)(tf.tensor1d([1, 1]))),
    right,
  );
  const [first, second] = compute(() => tf.grad(ofClasses)(tf.tensor1d([1, 1])));
  expectNear([first as number], right);
  expect(second).toBe(0);
});

test('overlaps of large masks, and of many classes', () => {
  const masks = (share: number): tf.Tensor => tf.fill([1, side, side, 2], share, 'float32');
  const right = 1 - (2 * 0.1 * 0.3) / (0.1 + 0.3);
  const options = { reduction: 'mean', smooth: 0 } as const;
  expectNear(
    compute(() => L.dice(masks(0.1), masks(0.3), { ...options, axis: 'batch' })),
    right,
  );
  const isKept = (): tf.Tensor => tf.ones([1, side, side], 'bool');
  expectNear(
    compute(() => L.dice(masks(0.1), masks(0.3), { ...options, mask: isKept() })),
    right,
  );
  const classes = 2 ** 17;
  expectNear(
    compute(() => L.dice(tf.fill([1, 3, classes], 0.1, 'float32'), tf.fill([1, 3, classes], 0.3, 'float32'), options)),
    right,
  );
});

test('logarithms of sums of exponentials', () => {
  const right = Math.log(million);
  const logits = (): tf.Tensor => tf.fill([1, million], 0.1, 'float32');
  const options = { fromLogits: true } as const;
  for (const values of both(() => L.sparseCategoricalCrossentropy([7], logits(), options))) expectNear(values, right);
  expectNear(
    compute(() => L.rankingSoftmax(tf.oneHot(tf.tensor1d([7], 'int32'), million), logits())),
    right,
  );
});

test('metrics of many examples', () => {
  const n = million;
  const model = tf.sequential({ layers: [tf.layers.dense({ units: 1, inputShape: [1], kernelInitializer: 'zeros' })] });
  const tenthOfEach = (labels: tf.Tensor): tf.Tensor => tf.mul(tf.onesLike(labels), 0.1);
  const compiled = compile(model, { optimizer: 'sgd', loss: 'mse', metrics: [tenthOfEach, 'mae'] });
  const results = tf.tidy(() => {
    const numbers = compiled.evaluate(zeros(n, 1), tf.fill([n, 1], 0.1, 'float32'), { batchSize: n }) as tf.Scalar[];
    return numbers.map((x) => x.dataSync()[0] as number);
  });
  expectNear([results[0] as number], 0.01);
  expectNear(results.slice(1), 0.1);
  model.dispose();
});
