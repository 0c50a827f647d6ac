import * as tf from '@tensorflow/tfjs';
import * as L from '../../src/index.js';
import { compile, diagnose, type FindingCode, inspect } from '../../src/layers/index.js';
import { dense, normal, perceptron } from '../support/scenes.js';

const quiet = jest.spyOn(console, 'warn').mockImplementation(() => undefined);
afterAll(() => quiet.mockRestore());

const user = (f: (y: tf.Tensor, p: tf.Tensor) => tf.Tensor): typeof f => f;

const faults: readonly (readonly [
  code: FindingCode,
  loss: unknown,
  labels: unknown,
  predictions: unknown,
  options?: object,
])[] = [
  ['head-without-activation', L.binaryCrossentropy, [[1], [0]], [[5], [-3]]],
  ['head-without-activation', 'categoricalCrossentropy', [[1, 0]], [[5, -3]]],
  ['labels-are-text', L.binaryCrossentropy, ['yes', 'no'], [0.5, 0.25]],
  ['labels-0-255', L.binaryCrossentropy, [[255], [0]], [[0.5], [0.25]]],
  [
    'labels-swapped',
    L.categoricalCrossentropy,
    [
      [0.5, 0.5],
      [0.25, 0.75],
    ],
    [
      [0, 1],
      [1, 0],
    ],
  ],
  [
    'labels-out-of-range',
    L.sparseCategoricalCrossentropy,
    [1, 2],
    [
      [0.5, 0.5],
      [0.25, 0.75],
    ],
  ],
  [
    'one-hot-labels-for-indices',
    L.sparseCategoricalCrossentropy,
    [
      [1, 0],
      [0, 1],
    ],
    [
      [0.5, 0.5],
      [0.25, 0.75],
    ],
  ],
  [
    'indices-for-one-hot-labels',
    L.categoricalCrossentropy,
    [1, 0],
    [
      [0.5, 0.5],
      [0.25, 0.75],
    ],
  ],
  [
    'shapes-differ',
    L.meanSquaredError,
    [0.5, 1.5, 2.5],
    [
      [0.5, 0.25],
      [1, 2],
      [0, 3],
    ],
  ],
  ['labels-not-finite', L.meanSquaredError, [1, NaN], [0.5, 0.25]],
  ['labels-constant', L.meanSquaredError, [1, 1, 1, 1], [0.5, 0.25, 1, 2]],
  ['layer-not-finite', L.meanSquaredError, [1, 2], [NaN, 0.25]],
  ['weights-all-zero', L.meanSquaredError, [1, 2], [1.5, 0.25], { weights: [0, 0] }],
  [
    'batch-too-small',
    L.ntXent,
    [0, 1],
    [
      [1, 2],
      [3, 4],
    ],
  ],
  ['not-differentiable', user((y, p) => tf.sub(y, tf.tensor(p.dataSync(), p.shape))), [1, 2], [1.5, 0.25]],
  ['loss-not-finite', user((y, p) => tf.mul(y, tf.log(p))), [1, 2], [-1, 1]],
  ['gradient-not-finite', user((y, p) => tf.sqrt(tf.sub(y, p))), [1, 2], [1, 1]],
  ['gradient-zero', user((y, p) => tf.add(y, tf.mul(p, 0))), [1, 2], [1, 1]],
  ['loss-fails', user(() => tf.tensor([1]).matMul(tf.tensor([2]))), [1, 2], [1, 1]],
];

// By number: Jest would print losses in full.
test.each(faults.map(([code], i) => [code, i] as const))('inspect finds %s, case %i', async (code, i) => {
  const [, loss, labels, predictions, options] = faults[i] as (typeof faults)[number];
  const before = tf.memory().numTensors;
  const diagnosis = await inspect(loss as 'mse', labels as number[], predictions as number[], options);
  expect([diagnosis.findings[0]?.code, String(diagnosis)]).toEqual([code, String(diagnosis)]);
  // What a function of the user's has left when it throws is its own.
  if (code !== 'loss-fails') expect(tf.memory().numTensors).toBe(before);
});

const sound: readonly (readonly [loss: unknown, labels: unknown, predictions: unknown])[] = [
  [L.binaryCrossentropy, [[1], [0]], [[0.7], [0.4]]],
  [L.binaryCrossentropy.with({ fromLogits: true }), [[1], [0]], [[5], [-3]]],
  [
    'sparseCategoricalCrossentropy',
    [1, 0],
    [
      [0.5, 0.5],
      [0.25, 0.75],
    ],
  ],
  ['mse', [1, 2, 3], [1.5, 2, 2.5]],
  [user((y, p) => tf.square(tf.sub(y, p))), [1, 2], [1.5, 2]],
];

test.each(sound.map((_, i) => i))('inspect finds nothing wrong: %i', async (i) => {
  const [loss, labels, predictions] = sound[i] as (typeof sound)[number];
  const before = tf.memory().numTensors;
  const { findings } = await inspect(loss as 'mse', labels as number[], predictions as number[]);
  expect(findings).toEqual([]);
  expect(tf.memory().numTensors).toBe(before);
});

test('the loss of the prior is ln C for classes of the same frequency', async () => {
  const labels = [0, 1, 2, 0, 1, 2];
  const even = labels.map(() => [1 / 3, 1 / 3, 1 / 3]);
  const { chances } = await inspect(L.sparseCategoricalCrossentropy, labels, even);
  expect(chances[0]?.chance).toBeCloseTo(Math.log(3), 4);
  expect(chances[0]?.loss).toBeCloseTo(Math.log(3), 4);
});

test('diagnose and inspect refuse what is no model, not compiled, no data, no loss', async () => {
  const before = tf.memory().numTensors;
  const model = perceptron(2, dense(1, null, 1));
  const own = tf.memory().numTensors;
  await expect(diagnose(null as never, [[1, 2]], [1])).rejects.toThrow('diagnose: the model is null');
  await expect(diagnose(model, [[1, 2]], [1])).rejects.toThrow('not compiled');
  compile(model, { optimizer: 'sgd', loss: 'mse' });
  await expect(diagnose(model, 3 as never, [1])).rejects.toThrow('diagnose: x of');
  await expect(diagnose(model, [[1, 2]], [1], { examples: 0 })).rejects.toThrow('examples is 0');
  await expect(inspect('noSuchLoss', [1], [1])).rejects.toThrow('inspect: the loss');
  expect(tf.memory().numTensors - own).toBeLessThanOrEqual(1);
  expect(own).toBeGreaterThan(before);
});

test('averages, states and slots of an optimizer stay, and training goes on as if nothing had been', async () => {
  const build = (): tf.LayersModel =>
    compile(
      tf.sequential({
        layers: [dense(4, 'relu', 3, { inputShape: [3] }), tf.layers.batchNormalization(), dense(1, null, 4)],
      }),
      { optimizer: tf.train.adam(0.01), loss: 'mse' },
    );
  const [x, y] = [normal([16, 3]), normal([16, 1], 2)];
  const [seen, alone] = [build(), build()];
  for (const model of [seen, alone]) await model.fit(x, y, { epochs: 2, shuffle: false, verbose: 0 });
  await diagnose(seen, x, y);
  for (const model of [seen, alone]) await model.fit(x, y, { epochs: 2, shuffle: false, verbose: 0 });
  const weights = (model: tf.LayersModel): unknown => model.getWeights().map((w) => w.arraySync());
  expect(weights(seen)).toEqual(weights(alone));
});

test('a trained model that does not beat a constant is said to', async () => {
  const model = compile(perceptron(3, dense(1, null, 4)), { optimizer: tf.train.sgd(1e-9), loss: 'mse' });
  const [x, y] = [normal([32, 3]), normal([32, 1], 2)];
  await model.fit(x, y, { epochs: 100, batchSize: 32, verbose: 0 });
  const { findings } = await diagnose(model, x, y);
  expect(findings.map(({ code }) => code)).toContain('no-better-than-chance');
});
