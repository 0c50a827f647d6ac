import * as tf from '@tensorflow/tfjs';
import { binaryFocalCrossentropy, huber, sparseCategoricalCrossentropy } from '../../src/index.js';
import { callWith, defaultsOf, isTabular, toTensor } from '../support/draw.js';
import { variant } from '../support/law.js';
import { allLosses, type AnyLoss, type Options } from '../support/losses.js';

afterEach(() => tf.env().set('LOSSES_FUSED', true));

/** The kernels that something runs. */
async function kernelsOf(compute: () => tf.Tensor): Promise<string[]> {
  const { kernels } = await tf.profile(() => tf.tidy(compute));
  return kernels.map(({ name }) => name);
}

const oneCall = (loss: AnyLoss, options: Options): tf.Tensor => {
  const { inputs, options: all } = callWith(loss, { leading: [3], classes: 4, seed: 2, options });
  return loss(...inputs.map(toTensor), { ...all, reduction: 'mean' });
};

const tabular = allLosses.filter(isTabular);

test.each(tabular.map((loss) => [loss.name, loss] as const))('%s has a kernel', async (_, loss) => {
  // What is called for the first time is not worth a kernel yet.
  tf.dispose(tf.tidy(() => oneCall(loss, defaultsOf(loss))));
  const kernels = await kernelsOf(() => oneCall(loss, defaultsOf(loss)));
  expect(kernels).toContain('FusedLoss');
});

test('the flag turns them off', async () => {
  oneCall(huber as unknown as AnyLoss, {});
  tf.env().set('LOSSES_FUSED', false);
  expect(await kernelsOf(() => oneCall(huber as unknown as AnyLoss, {}))).not.toContain('FusedLoss');
});

test('many short rows', () => {
  const logits = tf.randomNormal([70000, 3], 0, 3, 'float32', 1);
  const labels = tf.tensor1d(
    Array.from({ length: 70000 }, (_, i) => i % 3),
    'int32',
  );
  const f = (x: tf.Tensor): tf.Tensor =>
    sparseCategoricalCrossentropy(labels, x, { fromLogits: true, reduction: 'mean' });
  const [kernel, formula] = [true, false].map((isFused) => {
    tf.env().set('LOSSES_FUSED', isFused);
    const gradient = tf.grad(f)(logits);
    return [f(logits).dataSync()[0] as number, ...gradient.mul(70000).dataSync()];
  }) as [number[], number[]];
  const largest = kernel.reduce((most, x, i) => Math.max(most, Math.abs(x - (formula[i] as number))), 0);
  // wasm adds 70,000 numbers with fewer digits.
  expect(largest).toBeLessThan(1e-4);
});

test.each([
  ['rows', (x: tf.Tensor) => sparseCategoricalCrossentropy([1, 0], x, { fromLogits: true, reduction: 'mean' })],
  ['places', (x: tf.Tensor) => binaryFocalCrossentropy(tf.onesLike(x), x, { fromLogits: true, reduction: 'mean' })],
])('what they take of the memory of the backend they give back: %s', (_, f) => {
  const x = tf.randomNormal([2, 3000]);
  const step = (): void => tf.dispose(tf.valueAndGrad(f)(x));
  for (let i = 0; i < 3; i++) step();
  const before = [tf.engine().backend.numDataIds(), tf.memory().numTensors, tf.memory().numBytes];
  for (let i = 0; i < 50; i++) step();
  expect([tf.engine().backend.numDataIds(), tf.memory().numTensors, tf.memory().numBytes]).toEqual(before);
});

test('a derivative that comes from the formula leaves the tape as it was', () => {
  const x = tf.tensor1d([1, 2, 4]);
  const f = (weight: tf.Tensor): tf.Tensor => huber([0, 0, 0], x, { weights: weight, reduction: 'sum' });
  expect(tf.grad(f)(tf.scalar(2)).dataSync()[0]).toBeCloseTo(0.5 + 1.5 + 3.5);
});

test('a derivative of a derivative of a loss that was computed outside', () => {
  const x = tf.tensor2d([1, 2, -1, 0.5], [2, 2]);
  const w = tf.tensor2d([0.3, -0.2, 0.1, 0.4], [2, 2]);
  const penalized = (v: tf.Tensor): tf.Tensor => {
    const loss = sparseCategoricalCrossentropy([0, 1], tf.matMul(x, v), { fromLogits: true, reduction: 'mean' });
    const gradient = tf.grad(() => loss)(v);
    return loss.add(tf.sum(tf.square(gradient)));
  };
  const both = [true, true, false].map((isFused) => {
    tf.env().set('LOSSES_FUSED', isFused);
    return Array.from(tf.grad(penalized)(w).dataSync());
  }) as [number[], number[], number[]];
  both[1].forEach((value, i) => expect(value).toBeCloseTo(both[2][i] as number, 4));
});

test('long rows keep their digits', () => {
  const zeros = tf.zeros([2, 1e6]);
  const errors = tf.fill([2, 1e6], 0.1, 'float32');
  for (const value of huber(zeros, errors, { weights: [1, 1] }).dataSync()) expect(value / 0.005).toBeCloseTo(1, 4);
});

test('a formula of places that looks at the number of columns has no kernel', async () => {
  const weighed = (factor: (x: tf.Tensor) => number): AnyLoss =>
    variant(huber as unknown as AnyLoss, {
      options: {},
      formula: ({ predictions }) => tf.mul(factor(predictions as tf.Tensor), tf.square(predictions as tf.Tensor)),
    });
  const call = (loss: AnyLoss): tf.Tensor => loss(tf.zeros([2, 7]), tf.ones([2, 7]), { reduction: 'mean' });
  const byColumns = weighed((x) => x.shape.at(-1) as number);
  expect(await kernelsOf(() => call(byColumns))).not.toContain('FusedLoss');
  expect(call(byColumns).dataSync()[0]).toBeCloseTo(7, 5);
  expect(await kernelsOf(() => call(weighed(() => 7)))).toContain('FusedLoss');
});
