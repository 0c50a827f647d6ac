import * as tf from '@tensorflow/tfjs';
import * as L from '../../src/index.js';
import { compile } from '../../src/layers/index.js';
import { numbers } from '../support/draw.js';

/** 32 images of 6 × 6 pixels from 0 to 1, each a blob. */
const images = (): tf.Tensor => {
  const centers = numbers('blobs', 64, [0, 6]);
  const pixels = Array.from({ length: 32 }, (_, n) =>
    Array.from({ length: 36 }, (__, i) => {
      const [x = 0, y = 0] = [centers[2 * n], centers[2 * n + 1]];
      return Math.exp(-(((i % 6) - x) ** 2 + (Math.floor(i / 6) - y) ** 2) / 4);
    }),
  );
  return tf.tensor2d(pixels);
};

/** A model whose last layer is affine: what it gives are no probabilities. */
function affine(inputs: number, hidden: number, outputs: number): tf.Sequential {
  const kernel = (seed: number): ReturnType<typeof tf.initializers.glorotNormal> =>
    tf.initializers.glorotNormal({ seed });
  return tf.sequential({
    layers: [
      tf.layers.dense({ units: hidden, activation: 'relu', inputShape: [inputs], kernelInitializer: kernel(1) }),
      tf.layers.dense({ units: outputs, kernelInitializer: kernel(2) }),
    ],
  });
}

/** The cross-entropy of clipped predictions, as Keras and tfjs-layers have it, whose gradient is 0 outside. */
const clipped = (labels: tf.Tensor, predictions: tf.Tensor): tf.Scalar =>
  tf.metrics.binaryCrossentropy(labels, predictions).mean();

/** The clipped loss of a model after some steps on all data by a loss. */
function trained(
  model: tf.Sequential,
  [x, y]: readonly [tf.Tensor, tf.Tensor],
  optimizer: tf.Optimizer,
  steps: number,
  loss: (labels: tf.Tensor, predictions: tf.Tensor) => tf.Scalar,
): number {
  const predict = (): tf.Tensor => model.predict(x) as tf.Tensor;
  for (let step = 0; step < steps; step++) tf.tidy(() => void optimizer.minimize(() => loss(y, predict())));
  return tf.tidy(() => clipped(y, predict()).dataSync()[0] as number);
}

const ours = (labels: tf.Tensor, predictions: tf.Tensor): tf.Scalar =>
  L.binaryCrossentropy(labels, predictions, { reduction: 'mean' });

/** A single training may end after a step that a prediction close to 0 has made too long. */
const rates = [0.92, 0.96, 1, 1.04, 1.08];

test.each([
  ['SGD', (rate: number): tf.Optimizer => tf.train.sgd(0.05 * rate)],
  ['Adam', (rate: number): tf.Optimizer => tf.train.adam(0.005 * rate)],
] as const)(
  'an autoencoder without a last activation, %s: at its best it learns what the clipped loss does',
  (_, optimizer) => {
    const x = images();
    const [a, b] = [ours, clipped].map((loss) =>
      Math.min(...rates.map((rate) => trained(affine(36, 8, 36), [x, x], optimizer(rate), 150, loss))),
    );
    expect(a).toBeLessThanOrEqual(b as number);
    expect(a).toBeLessThan(1);
  },
);

describe('what compile says of the last activation', () => {
  const warned = jest.spyOn(console, 'warn').mockImplementation(() => undefined);
  beforeEach(() => warned.mockClear());
  afterAll(() => warned.mockRestore());

  const ending = (activation: 'linear' | 'sigmoid' | 'softmax' | 'relu' | 'softplus'): tf.Sequential =>
    tf.sequential({ layers: [tf.layers.dense({ units: 2, inputShape: [2], activation })] });

  test.each([
    ['linear', L.binaryCrossentropy, ['any number', 'fromLogits: true', 'a sigmoid']],
    ['linear', L.categoricalCrossentropy, ['any number', 'fromLogits: true', 'a softmax']],
    [
      'linear',
      L.combine({ dice: [L.dice, 1], focal: [L.binaryFocalCrossentropy.with({ fromLogits: true }), 1] }),
      ['dice expects'],
    ],
    ['linear', L.poisson, ['any number', 'logInput: true', 'a softplus']],
    ['linear', L.klDivergence, ['predictionFormat: "logits"']],
    ['relu', L.binaryCrossentropy, ['from 0 to Infinity']],
  ] as const)('%s and a loss of probabilities: which of both is to change', (activation, loss, words) => {
    compile(ending(activation), { optimizer: 'sgd', loss: loss });
    expect(warned).toHaveBeenCalledTimes(1);
    for (const word of words) expect(warned.mock.calls[0]?.[0]).toContain(word);
  });

  test.each([
    ['sigmoid', L.binaryCrossentropy],
    ['softmax', L.categoricalCrossentropy],
    ['relu', L.categoricalCrossentropy],
    ['softplus', L.poisson],
    ['linear', L.binaryCrossentropy.with({ fromLogits: true })],
    ['linear', L.meanSquaredError],
    ['linear', L.brier],
  ] as const)('nothing where %s and the loss go together', (activation, loss) => {
    compile(ending(activation), { optimizer: 'sgd', loss: loss });
    expect(warned).not.toHaveBeenCalled();
  });
});

describe('labels outside their domain', () => {
  const mask = tf.tensor4d([0, 255, 0, 255], [1, 2, 2, 1]);
  const half = tf.fill([1, 2, 2, 1], 0.5, 'float32');

  test.each([
    ['binaryCrossentropy', L.binaryCrossentropy],
    ['dice', L.dice],
    ['binaryFocalCrossentropy', L.binaryFocalCrossentropy],
    ['jaccard', L.jaccard],
  ] as const)('%s names the pixel and the remedy', (name, loss) => {
    expect(() => loss(mask, half)).toThrow(`${name}: labels[0,0,1,0] is 255; expected a probability from 0 to 1`);
    expect(() => loss(mask, half)).toThrow('divided by 255');
    expect(() => loss(mask, half, { validate: false })).not.toThrow();
    expect(() => loss(mask, half, { ignoreIndex: 255 })).not.toThrow();
  });

  test('rounding, counts, missing labels and what weighs nothing are no faults', () => {
    expect(() => L.binaryCrossentropy([1.0000001, -1e-7], [0.5, 0.5])).not.toThrow();
    expect(() => L.categoricalCrossentropy([[3, 2]], [[0.5, 0.5]])).not.toThrow();
    expect(() => L.binaryCrossentropy([1, NaN], [0.5, 0.5], { ignoreNaN: true })).not.toThrow();
    expect(() => L.binaryCrossentropy([1, -1], [0.5, 0.5], { weights: [1, 0] })).not.toThrow();
  });

  test('many are looked at in the first call of a loss, and by compile in the first batch', async () => {
    const many = tf.fill([64, 32], 2, 'float32');
    const loss = L.multilabelSoftMargin;
    expect(() => loss(many, many)).toThrow('labels[0,0] is 2');
    const model = compile(tf.sequential({ layers: [tf.layers.dense({ units: 32, inputShape: [32] })] }), {
      optimizer: 'sgd',
      loss,
    });
    await expect(model.trainOnBatch(many, many)).rejects.toThrow('labels[0,0] is 2');
  });
});
