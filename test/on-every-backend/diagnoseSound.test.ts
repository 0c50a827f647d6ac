import * as tf from '@tensorflow/tfjs';
import * as L from '../../src/index.js';
import { compile, diagnose } from '../../src/layers/index.js';
import { classesOf, dense, normal, oneHot, perceptron, type Scene, yesOrNo } from '../support/scenes.js';

declare const backend: string;

const quiet = jest.spyOn(console, 'warn').mockImplementation(() => undefined);
afterAll(() => quiet.mockRestore());

const n = 64;
const x = normal([n, 6], 3);
const ours = (model: tf.LayersModel, loss: unknown, more: object = {}): tf.LayersModel =>
  compile(model, { optimizer: 'adam', loss: loss as 'mse', ...more });
const theirs = (model: tf.LayersModel, loss: unknown, optimizer: string | tf.Optimizer = 'adam'): tf.LayersModel => {
  model.compile({
    optimizer,
    loss: loss as 'meanSquaredError',
    metrics: loss === 'meanSquaredError' ? ['mae'] : ['accuracy'],
  });
  return model;
};
const numbers = tf.tidy(() => tf.sin(x.sum(1, true)));
const indices = classesOf(x, 4);
const vectors = oneHot(indices, 4);
const yes = yesOrNo(x);
const several = tf.tidy(() => tf.cast(tf.greater(x.slice([0, 0], [-1, 3]), 0.3), 'float32'));
const positive = tf.tidy(() => tf.round(tf.exp(tf.mul(x.slice([0, 0], [-1, 1]), 0.5))));
const images = tf.tidy(() => tf.randomUniform([32, 8, 8, 1], 0, 1, 'float32', 4));
const seed = { kernelInitializer: tf.initializers.glorotNormal({ seed: 3 }) };

const scenes: Readonly<Record<string, (seed: number) => Scene>> = {
  'squared error': (s) => ({ model: ours(perceptron(6, dense(1, null, s), { seed: s + 1 }), 'mse'), x, y: numbers }),
  'absolute error': (s) => ({ model: ours(perceptron(6, dense(1, null, s)), L.meanAbsoluteError), x, y: numbers }),
  huber: (s) => ({ model: ours(perceptron(6, dense(1, null, s)), L.huber), x, y: numbers }),
  'rounded numbers by tfjs': (s) => ({
    model: theirs(perceptron(6, dense(1, null, s)), 'meanSquaredError', 'sgd'),
    x,
    y: numbers.mul(10).round().div(10),
  }),
  'arrays and SGD': (s) => ({
    model: ours(perceptron(6, dense(1, null, s)), 'mse', { optimizer: tf.train.sgd(0.01) }),
    x: x.arraySync(),
    y: numbers.arraySync(),
  }),
  momentum: (s) => ({
    model: ours(perceptron(6, dense(1, null, s)), 'mse', { optimizer: tf.train.momentum(0.01, 0.9) }),
    x,
    y: numbers,
  }),
  'small RMSprop': (s) => ({
    model: ours(perceptron(6, dense(1, null, s)), 'mse', { optimizer: tf.train.rmsprop(0.001) }),
    x,
    y: numbers,
  }),
  adagrad: (s) => ({
    model: ours(perceptron(6, dense(1, null, s)), 'mse', { optimizer: tf.train.adagrad(0.01) }),
    x,
    y: numbers,
  }),
  'fine tuning': (s) => ({
    model: ours(perceptron(6, dense(1, null, s)), 'mse', { optimizer: tf.train.adam(1e-5) }),
    x,
    y: numbers,
  }),
  'labels [n]': (s) => ({ model: ours(perceptron(6, dense(1, null, s)), 'mse'), x, y: numbers.flatten() }),
  'yes or no': (s) => ({
    model: ours(perceptron(6, dense(1, 'sigmoid', s)), 'binaryCrossentropy', { metrics: ['accuracy'] }),
    x,
    y: yes,
  }),
  'yes or no from logits': (s) => ({
    model: ours(perceptron(6, dense(1, null, s)), L.binaryCrossentropy.with({ fromLogits: true })),
    x,
    y: yes,
  }),
  'yes or no by tfjs': (s) => ({
    model: theirs(perceptron(6, dense(1, 'sigmoid', s)), 'binaryCrossentropy'),
    x,
    y: yes,
  }),
  'scores by tf.losses': (s) => ({
    model: theirs(perceptron(6, dense(4, null, s)), tf.losses.softmaxCrossEntropy),
    x,
    y: vectors,
  }),
  'several at once': (s) => ({
    model: ours(perceptron(6, dense(3, 'sigmoid', s)), 'binaryCrossentropy'),
    x,
    y: several,
  }),
  focal: (s) => ({ model: ours(perceptron(6, dense(1, 'sigmoid', s)), L.binaryFocalCrossentropy), x, y: yes }),
  classes: (s) => ({
    model: ours(perceptron(6, dense(4, 'softmax', s)), 'categoricalCrossentropy', { metrics: ['accuracy'] }),
    x,
    y: vectors,
  }),
  'classes by tfjs': (s) => ({
    model: theirs(perceptron(6, dense(4, 'softmax', s)), 'categoricalCrossentropy'),
    x,
    y: vectors,
  }),
  'class indices': (s) => ({
    model: ours(perceptron(6, dense(4, 'softmax', s)), 'sparseCategoricalCrossentropy'),
    x,
    y: indices,
  }),
  'class indices for a loss of either': (s) => ({
    model: ours(perceptron(6, dense(4, 'softmax', s)), L.generalizedCrossentropy),
    x,
    y: indices,
  }),
  'class indices by tfjs': (s) => ({
    model: theirs(perceptron(6, dense(4, 'softmax', s)), 'sparseCategoricalCrossentropy'),
    x,
    y: indices.toFloat(),
  }),
  'class scores': (s) => ({
    model: ours(perceptron(6, dense(4, null, s)), L.sparseCategoricalCrossentropy.with({ fromLogits: true })),
    x,
    y: indices,
  }),
  'regression of zeros': (s) => ({
    model: ours(
      tf.sequential({ layers: [dense(4, 'softmax', s, { inputShape: [6], kernelInitializer: 'zeros' })] }),
      'categoricalCrossentropy',
    ),
    x,
    y: vectors,
  }),
  'zeros in the last layer': () => ({
    model: ours(perceptron(6, dense(1, null, 1, { kernelInitializer: 'zeros' })), 'mse'),
    x,
    y: numbers,
  }),
  hinge: (s) => ({ model: ours(perceptron(6, dense(1, null, s)), L.hinge), x, y: yes.mul(2).sub(1) }),
  'hinge of 0 and 1': (s) => ({ model: ours(perceptron(6, dense(1, 'tanh', s)), L.hinge), x, y: yes }),
  'hinge by tfjs': (s) => ({ model: theirs(perceptron(6, dense(1, 'tanh', s)), 'hinge'), x, y: yes.mul(2).sub(1) }),
  poisson: (s) => ({ model: ours(perceptron(6, dense(1, 'softplus', s)), L.poisson), x, y: positive }),
  'divergence of distributions': (s) => ({
    model: ours(perceptron(6, dense(4, 'softmax', s)), L.klDivergence),
    x,
    y: tf.softmax(x.slice([0, 0], [-1, 4])),
  }),
  cosine: (s) => ({
    model: ours(perceptron(6, dense(3, null, s)), L.cosineSimilarity),
    x,
    y: x.slice([0, 1], [-1, 3]),
  }),
  quantiles: (s) => ({ model: ours(perceptron(6, dense(1, null, s)), L.quantile), x, y: numbers }),
  'metric learning': (s) => ({ model: ours(perceptron(6, dense(3, null, s)), L.circle), x, y: indices }),
  'normalized temperature': (s) => ({ model: ours(perceptron(6, dense(3, null, s)), L.ntXent), x, y: indices }),
  autoencoder: (s) => ({
    model: ours(perceptron(6, dense(6, 'sigmoid', s)), 'mse'),
    x: tf.sigmoid(x),
    y: tf.sigmoid(x),
  }),
  segmentation: (s) => ({
    model: ours(
      tf.sequential({
        layers: [
          tf.layers.conv2d({
            filters: 8,
            kernelSize: 3,
            padding: 'same',
            activation: 'relu',
            inputShape: [8, 8, 1],
            ...seed,
          }),
          tf.layers.conv2d({
            filters: 1,
            kernelSize: 1,
            activation: 'sigmoid',
            kernelInitializer: tf.initializers.glorotNormal({ seed: s }),
          }),
        ],
      }),
      L.dice,
    ),
    x: images,
    y: images.greater(0.5).toFloat(),
  }),
  convolutions: (s) => ({
    model: ours(
      tf.sequential({
        layers: [
          tf.layers.conv2d({ filters: 8, kernelSize: 3, activation: 'relu', inputShape: [8, 8, 1], ...seed }),
          tf.layers.maxPooling2d({ poolSize: 2 }),
          tf.layers.flatten(),
          tf.layers.dropout({ rate: 0.5 }),
          dense(3, 'softmax', s),
        ],
      }),
      'sparseCategoricalCrossentropy',
    ),
    x: images,
    y: tf.tensor1d(
      Array.from({ length: 32 }, (_, i) => i % 3),
      'int32',
    ),
  }),
  'batches normalized': (s) => ({
    model: ours(
      tf.sequential({
        layers: [
          tf.layers.batchNormalization({ inputShape: [6] }),
          dense(8, 'relu', s),
          tf.layers.batchNormalization(),
          dense(1, null, s + 1),
        ],
      }),
      'mse',
    ),
    x: x.mul(100).add(300),
    y: numbers,
  }),
  recurrent: (s) => ({
    model: ours(
      tf.sequential({
        layers: [
          tf.layers.lstm({ units: 8, inputShape: [5, 2], recurrentInitializer: 'glorotNormal' }),
          dense(1, null, s),
        ],
      }),
      'mse',
    ),
    x: normal([16, 5, 2], 8),
    y: normal([16, 1], 9),
  }),
  words: (s) => ({
    model: ours(
      tf.sequential({
        layers: [
          tf.layers.embedding({ inputDim: 200, outputDim: 6, inputLength: 4, maskZero: true }),
          tf.layers.lstm({ units: 8, recurrentInitializer: 'glorotNormal' }),
          dense(1, 'sigmoid', s),
        ],
      }),
      'binaryCrossentropy',
    ),
    x: tf.randomUniform([32, 4], 1, 200, 'int32', 5),
    y: yesOrNo(normal([32, 2], 6)),
  }),
  'deep relu': (s) => ({
    model: ours(
      tf.sequential({
        layers: [
          dense(32, 'relu', s, { inputShape: [6] }),
          ...[1, 2, 3, 4, 5, 6].map((i) => dense(32, 'relu', s + i)),
          dense(1, null, s),
        ],
      }),
      'mse',
    ),
    x,
    y: numbers,
  }),
  weighed: (s) => ({
    model: ours(perceptron(6, dense(4, 'softmax', s)), 'sparseCategoricalCrossentropy'),
    x,
    y: indices,
    args: { classWeight: { 0: 2, 1: 0 }, sampleWeight: tf.tensor1d(Array.from({ length: n }, (_, i) => i / (n - 1))) },
  }),
  'two outputs': (s) => {
    const input = tf.input({ shape: [6] });
    const hidden = dense(8, 'tanh', s).apply(input) as tf.SymbolicTensor;
    const [a, b] = [dense(1, null, s + 1, { name: 'a' }), dense(4, 'softmax', s + 2, { name: 'b' })].map(
      (layer) => layer.apply(hidden) as tf.SymbolicTensor,
    );
    const model = tf.model({ inputs: input, outputs: [a as tf.SymbolicTensor, b as tf.SymbolicTensor] });
    return {
      model: ours(model, { a: 'mse', b: 'sparseCategoricalCrossentropy' }, { lossWeights: { a: 0.5 } }),
      x,
      y: { a: numbers, b: indices },
    };
  },
  'an output without a loss': (s) => {
    const input = tf.input({ shape: [6] });
    const hidden = dense(8, 'tanh', s).apply(input) as tf.SymbolicTensor;
    const [a, b] = [dense(1, null, s + 1, { name: 'a' }), dense(4, 'softmax', s + 2, { name: 'b' })].map(
      (layer) => layer.apply(hidden) as tf.SymbolicTensor,
    );
    const model = tf.model({ inputs: input, outputs: [a as tf.SymbolicTensor, b as tf.SymbolicTensor] });
    return { model: ours(model, { a: 'mse', b: null }), x, y: { a: numbers } };
  },
  'a frozen part': (s) => {
    const model = tf.sequential({
      layers: [dense(8, 'tanh', s, { inputShape: [6], trainable: false }), dense(1, null, s)],
    });
    return { model: ours(model, 'mse'), x, y: numbers };
  },
  'missing labels': (s) => ({
    model: ours(perceptron(6, dense(1, null, s)), L.meanSquaredError.with({ ignoreNaN: true })),
    x,
    y: tf.where(x.slice([0, 0], [-1, 1]).greater(0), numbers, NaN),
  }),
  'a dataset': (s) => ({
    model: ours(perceptron(6, dense(1, null, s)), 'mse'),
    x: tf.data
      .zip({ xs: tf.data.array(x.arraySync() as number[][]), ys: tf.data.array(numbers.arraySync() as number[][]) })
      .batch(16),
  }),
  'a loss of the user': (s) => ({
    model: ours(perceptron(6, dense(1, null, s)), (y: tf.Tensor, p: tf.Tensor) => tf.mean(tf.pow(tf.sub(y, p), 4), -1)),
    x,
    y: numbers,
  }),
  combined: (s) => ({
    model: ours(
      perceptron(6, dense(1, null, s)),
      L.combine({ mse: [L.meanSquaredError, 1], mae: [L.meanAbsoluteError, 0.5] }),
    ),
    x,
    y: numbers,
  }),
};

/** What tfjs runs on wasm, but does not train there: that is what is found. */
const untrained = backend === 'wasm' ? ['segmentation', 'convolutions', 'words'] : [];

if (untrained.length > 0)
  test.each(untrained)('on wasm it is found that tfjs does not train there: %s', async (name) => {
    const { model, x: xs, y } = (scenes[name] as (seed: number) => Scene)(21);
    const { findings } = await diagnose(model, xs as tf.Tensor, y as tf.Tensor);
    expect(findings.map(({ code, change }) => [code, change.includes('tf.setBackend')])).toEqual([
      ['not-differentiable', true],
    ]);
  });

const trained = Object.entries(scenes).filter(([name]) => !untrained.includes(name));

test.each(trained)('nothing is found in a sound model: %s', async (_, scene) => {
  for (const seed of [21, 84]) {
    const made = scene(seed);
    const before = tf.memory().numTensors;
    const weights = made.model.getWeights().map((w) => w.arraySync());
    const diagnosis = await diagnose(made.model, made.x as tf.Tensor, made.y as tf.Tensor, made.args);
    expect(
      String(diagnosis)
        .split('\n')
        .slice(diagnosis.findings.length ? 0 : 99),
    ).toEqual([]);
    expect(tf.memory().numTensors).toBe(before);
    expect(made.model.getWeights().map((w) => w.arraySync())).toEqual(weights);
  }
});
