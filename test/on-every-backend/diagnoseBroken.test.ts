import * as tf from '@tensorflow/tfjs';
import * as L from '../../src/index.js';
import { compile, diagnose, type FindingCode } from '../../src/layers/index.js';
import { codes } from '../../src/layers/diagnose/codes.js';
import { classesOf, dense, normal, oneHot, perceptron, type Scene, yesOrNo } from '../support/scenes.js';

const quiet = jest.spyOn(console, 'warn').mockImplementation(() => undefined);
afterAll(() => quiet.mockRestore());

const n = 64;
const x = normal([n, 6], 3);
const numbers = tf.tidy(() => tf.sin(x.sum(1, true)));
const indices = classesOf(x, 4);
const vectors = oneHot(indices, 4);
const yes = yesOrNo(x);
const several = tf.tidy(() => tf.cast(tf.greater(x.slice([0, 0], [-1, 3]), 0), 'float32'));

const ours = (model: tf.LayersModel, loss: unknown, more: object = {}): tf.LayersModel =>
  compile(model, { optimizer: 'adam', loss: loss as 'mse', ...more });
const theirs = (model: tf.LayersModel, loss: unknown, more: object = {}): tf.LayersModel => {
  model.compile({ optimizer: 'adam', loss: loss as 'meanSquaredError', ...more });
  return model;
};
const regression = (more: object = {}, hidden: object = {}): tf.LayersModel =>
  ours(perceptron(6, dense(1, null, 8), hidden), 'mse', more);
const named = (...layers: tf.layers.Layer[]): tf.Sequential => tf.sequential({ layers });
const notANumber = tf.tidy(() => tf.where(tf.greater(x, 2), NaN, x));

interface Fault {
  /** What is to be found first. */
  readonly code: FindingCode;
  readonly broken: () => Scene;
  /** The same with the change that the finding asks for; left out where there is nothing to change in code. */
  readonly mended?: () => Scene;
  /** What the finding names, and tells. */
  readonly where?: object;
  readonly says?: readonly string[];
}

const faults: Readonly<Record<string, Fault>> = {
  'no sigmoid': {
    code: 'head-without-activation',
    broken: () => ({
      model: ours(perceptron(6, dense(1, null, 8, { name: 'head' })), 'binaryCrossentropy'),
      x,
      y: yes,
    }),
    mended: () => ({
      model: ours(perceptron(6, dense(1, null, 8)), L.binaryCrossentropy.with({ fromLogits: true })),
      x,
      y: yes,
    }),
    where: { output: 'head', layer: 'head' },
    says: ['fromLogits: true', "activation: 'sigmoid'"],
  },
  'no sigmoid by tfjs': {
    code: 'head-without-activation',
    broken: () => ({ model: theirs(perceptron(6, dense(1, null, 8)), 'binaryCrossentropy'), x, y: yes }),
    mended: () => ({ model: theirs(perceptron(6, dense(1, 'sigmoid', 8)), 'binaryCrossentropy'), x, y: yes }),
  },
  'no softmax': {
    code: 'head-without-activation',
    broken: () => ({ model: theirs(perceptron(6, dense(4, null, 8)), 'categoricalCrossentropy'), x, y: vectors }),
    mended: () => ({ model: theirs(perceptron(6, dense(4, 'softmax', 8)), 'categoricalCrossentropy'), x, y: vectors }),
    says: ["activation: 'softmax'"],
  },
  'no softmax behind tf.metrics': {
    code: 'head-without-activation',
    broken: () => ({
      model: theirs(perceptron(6, dense(4, null, 8)), tf.metrics.categoricalCrossentropy),
      x,
      y: vectors,
    }),
  },
  'softmax twice': {
    code: 'activation-before-logits',
    broken: () => ({
      model: theirs(perceptron(6, dense(4, 'softmax', 8)), tf.losses.softmaxCrossEntropy),
      x,
      y: vectors,
    }),
    mended: () => ({ model: theirs(perceptron(6, dense(4, null, 8)), tf.losses.softmaxCrossEntropy), x, y: vectors }),
  },
  'softmax and fromLogits': {
    code: 'activation-before-logits',
    broken: () => ({
      model: ours(perceptron(6, dense(4, 'softmax', 8)), L.categoricalCrossentropy.with({ fromLogits: true })),
      x,
      y: vectors,
    }),
    mended: () => ({
      model: ours(perceptron(6, dense(4, null, 8)), L.categoricalCrossentropy.with({ fromLogits: true })),
      x,
      y: vectors,
    }),
  },
  'softmax of one unit': {
    code: 'softmax-of-one-unit',
    broken: () => ({ model: ours(perceptron(6, dense(1, 'softmax', 8)), 'binaryCrossentropy'), x, y: yes }),
    mended: () => ({ model: ours(perceptron(6, dense(1, 'sigmoid', 8)), 'binaryCrossentropy'), x, y: yes }),
  },
  'softmax of one unit by tfjs': {
    code: 'softmax-of-one-unit',
    broken: () => ({ model: theirs(perceptron(6, dense(1, 'softmax', 8)), 'meanSquaredError'), x, y: yes }),
  },
  'sigmoids for one of four': {
    code: 'sigmoid-for-exclusive-classes',
    broken: () => ({ model: ours(perceptron(6, dense(4, 'sigmoid', 8)), 'categoricalCrossentropy'), x, y: vectors }),
    mended: () => ({ model: ours(perceptron(6, dense(4, 'softmax', 8)), 'categoricalCrossentropy'), x, y: vectors }),
  },
  'yes or no for one of four': {
    code: 'sigmoid-for-exclusive-classes',
    broken: () => ({ model: ours(perceptron(6, dense(4, 'sigmoid', 8)), 'binaryCrossentropy'), x, y: vectors }),
  },
  'yes or no of a softmax': {
    code: 'binary-loss-of-softmax',
    broken: () => ({ model: theirs(perceptron(6, dense(4, 'softmax', 8)), 'binaryCrossentropy'), x, y: vectors }),
    mended: () => ({ model: theirs(perceptron(6, dense(4, 'softmax', 8)), 'categoricalCrossentropy'), x, y: vectors }),
  },
  'softmax for several': {
    code: 'softmax-for-several-classes',
    broken: () => ({ model: ours(perceptron(6, dense(3, 'softmax', 8)), 'categoricalCrossentropy'), x, y: several }),
    mended: () => ({ model: ours(perceptron(6, dense(3, 'sigmoid', 8)), 'binaryCrossentropy'), x, y: several }),
  },
  'squares after a sigmoid': {
    code: 'squared-error-of-probabilities',
    broken: () => ({ model: ours(perceptron(6, dense(1, 'sigmoid', 8)), 'mse'), x, y: yes }),
    mended: () => ({ model: ours(perceptron(6, dense(1, 'sigmoid', 8)), 'binaryCrossentropy'), x, y: yes }),
    says: ['f(1 − f)'],
  },
  'squares after a softmax': {
    code: 'squared-error-of-probabilities',
    broken: () => ({ model: theirs(perceptron(6, dense(4, 'softmax', 8)), 'meanSquaredError'), x, y: vectors }),
  },
  'relu for rates': {
    code: 'relu-before-logarithm',
    broken: () => ({ model: ours(perceptron(6, dense(1, 'relu', 8)), L.poisson), x, y: numbers.abs().mul(3).round() }),
    mended: () => ({
      model: ours(perceptron(6, dense(1, 'softplus', 8)), L.poisson),
      x,
      y: numbers.abs().mul(3).round(),
    }),
  },
  'relu for probabilities': {
    code: 'relu-before-logarithm',
    broken: () => ({ model: theirs(perceptron(6, dense(1, 'relu', 8)), 'binaryCrossentropy'), x, y: yes }),
    mended: () => ({ model: theirs(perceptron(6, dense(1, 'sigmoid', 8)), 'binaryCrossentropy'), x, y: yes }),
  },
  'tanh for probabilities': {
    code: 'activation-does-not-fit',
    broken: () => ({ model: ours(perceptron(6, dense(1, 'tanh', 8)), 'binaryCrossentropy'), x, y: yes }),
    mended: () => ({ model: ours(perceptron(6, dense(1, 'sigmoid', 8)), 'binaryCrossentropy'), x, y: yes }),
  },
  'a sigmoid for any number': {
    code: 'labels-beyond-activation',
    broken: () => ({ model: ours(perceptron(6, dense(1, 'sigmoid', 8)), 'mse'), x, y: numbers.mul(20) }),
    mended: () => ({ model: ours(perceptron(6, dense(1, null, 8)), 'mse'), x, y: numbers.mul(20) }),
  },
  'a relu for negative numbers': {
    code: 'labels-beyond-activation',
    broken: () => ({ model: theirs(perceptron(6, dense(1, 'relu', 8)), 'meanSquaredError'), x, y: numbers }),
    mended: () => ({ model: theirs(perceptron(6, dense(1, null, 8)), 'meanSquaredError'), x, y: numbers }),
  },
  'names as labels': {
    code: 'labels-are-text',
    broken: () => ({
      model: ours(perceptron(6, dense(4, 'softmax', 8)), 'sparseCategoricalCrossentropy'),
      x,
      y: Array.from({ length: n }, (_, i) => `class ${i % 4}`),
    }),
    says: ['class 0'],
  },
  'masks of 0 and 255': {
    code: 'labels-0-255',
    broken: () => ({ model: ours(perceptron(6, dense(1, 'sigmoid', 8)), 'binaryCrossentropy'), x, y: yes.mul(255) }),
    mended: () => ({
      model: ours(perceptron(6, dense(1, 'sigmoid', 8)), 'binaryCrossentropy'),
      x,
      y: yes.mul(255).div(255),
    }),
  },
  'classes from 1': {
    code: 'labels-out-of-range',
    broken: () => ({
      model: ours(perceptron(6, dense(4, 'softmax', 8)), 'sparseCategoricalCrossentropy'),
      x,
      y: indices.add(1),
    }),
    mended: () => ({
      model: ours(perceptron(6, dense(4, 'softmax', 8)), 'sparseCategoricalCrossentropy'),
      x,
      y: indices.add(1).sub(1),
    }),
    says: ['y.sub(1)'],
  },
  'more classes than units': {
    code: 'labels-out-of-range',
    broken: () => ({
      model: theirs(perceptron(6, dense(3, 'softmax', 8)), 'sparseCategoricalCrossentropy'),
      x,
      y: indices.toFloat(),
    }),
    mended: () => ({
      model: theirs(perceptron(6, dense(4, 'softmax', 8)), 'sparseCategoricalCrossentropy'),
      x,
      y: indices.toFloat(),
    }),
    says: ['units: 4'],
  },
  'classes of one sigmoid': {
    code: 'labels-out-of-range',
    broken: () => ({
      model: theirs(perceptron(6, dense(1, 'sigmoid', 8)), 'binaryCrossentropy'),
      x,
      y: indices.toFloat(),
    }),
  },
  'one unit for the sparse loss': {
    code: 'labels-out-of-range',
    broken: () => ({ model: ours(perceptron(6, dense(1, 'sigmoid', 8)), 'sparseCategoricalCrossentropy'), x, y: yes }),
    says: ['binaryCrossentropy'],
  },
  'signs for probabilities': {
    code: 'labels-out-of-range',
    broken: () => ({
      model: theirs(perceptron(6, dense(1, 'sigmoid', 8)), 'binaryCrossentropy'),
      x,
      y: yes.mul(2).sub(1),
    }),
    mended: () => ({ model: theirs(perceptron(6, dense(1, 'sigmoid', 8)), 'binaryCrossentropy'), x, y: yes }),
  },
  'hinge of 0 and 1 by tfjs': {
    code: 'labels-out-of-range',
    broken: () => ({ model: theirs(perceptron(6, dense(1, 'tanh', 8)), 'hinge'), x, y: yes }),
    mended: () => ({ model: theirs(perceptron(6, dense(1, 'tanh', 8)), 'hinge'), x, y: yes.mul(2).sub(1) }),
  },
  'one-hot for the sparse loss': {
    code: 'one-hot-labels-for-indices',
    broken: () => ({
      model: ours(perceptron(6, dense(4, 'softmax', 8)), 'sparseCategoricalCrossentropy'),
      x,
      y: vectors,
    }),
    mended: () => ({
      model: ours(perceptron(6, dense(4, 'softmax', 8)), 'sparseCategoricalCrossentropy'),
      x,
      y: vectors.argMax(-1),
    }),
  },
  'indices for the dense loss': {
    code: 'indices-for-one-hot-labels',
    broken: () => ({
      model: theirs(perceptron(6, dense(4, 'softmax', 8)), 'categoricalCrossentropy'),
      x,
      y: indices.toFloat(),
    }),
    mended: () => ({
      model: theirs(perceptron(6, dense(4, 'softmax', 8)), 'sparseCategoricalCrossentropy'),
      x,
      y: indices.toFloat(),
    }),
    says: ['sparseCategoricalCrossentropy', 'oneHot'],
  },
  'no flatten': {
    code: 'shapes-differ',
    broken: () => ({
      model: ours(named(dense(4, 'relu', 1, { inputShape: [3, 2] }), dense(1, null, 2)), 'mse'),
      x: x.reshape([n, 3, 2]),
      y: numbers,
    }),
    mended: () => ({
      model: ours(named(dense(4, 'relu', 1, { inputShape: [3, 2] }), tf.layers.flatten(), dense(1, null, 2)), 'mse'),
      x: x.reshape([n, 3, 2]),
      y: numbers,
    }),
  },
  'labels that are the same': {
    code: 'labels-constant',
    broken: () => ({ model: ours(perceptron(6, dense(1, 'sigmoid', 8)), 'binaryCrossentropy'), x, y: tf.ones([n, 1]) }),
  },
  'NaN labels': {
    code: 'labels-not-finite',
    broken: () => ({ model: ours(perceptron(6, dense(1, null, 8)), 'mse'), x, y: notANumber.slice([0, 0], [-1, 1]) }),
    mended: () => ({
      model: ours(perceptron(6, dense(1, null, 8)), L.meanSquaredError.with({ ignoreNaN: true })),
      x,
      y: notANumber.slice([0, 0], [-1, 1]),
    }),
  },
  'rows of 2': {
    code: 'label-rows-do-not-sum-to-1',
    broken: () => ({
      model: ours(perceptron(6, dense(4, 'softmax', 8)), 'categoricalCrossentropy'),
      x,
      y: vectors.mul(0.5),
    }),
    mended: () => ({ model: ours(perceptron(6, dense(4, 'softmax', 8)), 'categoricalCrossentropy'), x, y: vectors }),
  },
  'NaN inputs': {
    code: 'inputs-not-finite',
    broken: () => ({ model: regression(), x: notANumber, y: numbers }),
    mended: () => ({ model: regression(), x: tf.where(tf.isNaN(notANumber), 0, notANumber), y: numbers }),
  },
  'bytes as inputs': {
    code: 'inputs-unscaled',
    broken: () => ({ model: regression(), x: tf.sigmoid(x).mul(255), y: numbers }),
    mended: () => ({ model: regression(), x: tf.sigmoid(x), y: numbers }),
    says: ['x.div(255)'],
  },
  'divided twice': {
    code: 'inputs-unscaled',
    broken: () => ({ model: regression(), x: tf.sigmoid(x).div(255), y: numbers }),
  },
  'inputs that are the same': {
    code: 'inputs-constant',
    broken: () => ({ model: regression(), x: tf.ones([n, 6]), y: numbers }),
  },
  'images in place of rows': {
    code: 'inputs-do-not-fit',
    broken: () => ({ model: regression(), x: x.reshape([n, 3, 2]), y: numbers }),
    mended: () => ({ model: regression(), x: x.reshape([-1, 6]), y: numbers }),
  },
  'fewer labels': {
    code: 'examples-differ',
    broken: () => ({ model: regression(), x, y: numbers.slice([0, 0], [50, 1]) }),
  },
  'prices as labels': {
    code: 'labels-unscaled',
    broken: () => ({ model: regression(), x, y: numbers.mul(5000).add(200000) }),
    mended: () => ({ model: regression(), x, y: numbers }),
  },
  'a rate of 0': {
    code: 'learning-rate-zero',
    broken: () => ({ model: regression({ optimizer: tf.train.sgd(0) }), x, y: numbers }),
    mended: () => ({ model: regression({ optimizer: tf.train.sgd(0.01) }), x, y: numbers }),
  },
  uphill: {
    code: 'learning-rate-zero',
    broken: () => ({ model: regression({ optimizer: tf.train.sgd(-0.1) }), x, y: numbers }),
  },
  'a rate too large': {
    code: 'learning-rate-too-large',
    broken: () => ({ model: regression({ optimizer: tf.train.sgd(20) }), x, y: numbers }),
    mended: () => ({ model: regression({ optimizer: tf.train.sgd(0.02) }), x, y: numbers }),
  },
  'a rate of Adam too large': {
    code: 'learning-rate-too-large',
    broken: () => ({ model: regression({ optimizer: tf.train.adam(3) }), x, y: numbers }),
  },
  'a rate too small': {
    code: 'learning-rate-too-small',
    broken: () => ({ model: regression({ optimizer: tf.train.sgd(1e-8) }), x, y: numbers }),
    mended: () => ({ model: regression({ optimizer: tf.train.sgd(0.01) }), x, y: numbers }),
  },
  'all frozen': {
    code: 'nothing-trainable',
    broken: () => {
      const model = perceptron(6, dense(1, null, 8));
      model.trainable = false;
      for (const layer of model.layers) layer.trainable = false;
      return { model: ours(model, 'mse'), x, y: numbers };
    },
    mended: () => ({ model: regression(), x, y: numbers }),
  },
  'unfrozen too late': {
    code: 'frozen-at-compile',
    broken: () => {
      const model = perceptron(6, dense(1, null, 8));
      (model.layers[0] as tf.layers.Layer).trainable = false;
      ours(model, 'mse');
      (model.layers[0] as tf.layers.Layer).trainable = true;
      return { model, x, y: numbers };
    },
    mended: () => ({ model: regression(), x, y: numbers }),
  },
  'dropout of nearly all': {
    code: 'dropout-too-high',
    broken: () => ({
      model: ours(
        named(
          dense(8, 'relu', 1, { inputShape: [6] }),
          tf.layers.dropout({ rate: 0.95, name: 'drop' }),
          dense(1, null, 2),
        ),
        'mse',
      ),
      x,
      y: numbers,
    }),
    mended: () => ({
      model: ours(
        named(dense(8, 'relu', 1, { inputShape: [6] }), tf.layers.dropout({ rate: 0.3 }), dense(1, null, 2)),
        'mse',
      ),
      x,
      y: numbers,
    }),
    where: { layer: 'drop' },
  },
  'weights of zero': {
    code: 'units-identical',
    broken: () => ({
      model: ours(
        named(
          dense(8, 'relu', 1, { inputShape: [6], kernelInitializer: 'zeros', name: 'zeros' }),
          dense(1, null, 2, { kernelInitializer: 'zeros' }),
        ),
        'mse',
      ),
      x,
      y: numbers,
    }),
    mended: () => ({ model: regression(), x, y: numbers }),
    where: { layer: 'zeros' },
  },
  'weights of one': {
    code: 'units-identical',
    broken: () => ({
      model: ours(
        named(
          dense(8, 'tanh', 1, { inputShape: [6], kernelInitializer: tf.initializers.constant({ value: 0.1 }) }),
          dense(1, null, 2, { kernelInitializer: tf.initializers.constant({ value: 0.1 }) }),
        ),
        'mse',
      ),
      x,
      y: numbers,
    }),
  },
  'NaN weights': {
    code: 'weights-not-finite',
    broken: () => {
      const model = regression();
      const [, bias] = model.getWeights();
      (model.layers[0] as tf.layers.Layer).setWeights([
        tf.tensor2d(Array<number>(96).fill(NaN), [6, 16]),
        bias as tf.Tensor,
      ]);
      return { model, x, y: numbers };
    },
  },
  'a layer of logarithms': {
    code: 'layer-not-finite',
    broken: () => {
      class Logarithm extends tf.layers.Layer {
        static readonly className = 'Logarithm';
        override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
          return tf.log([inputs].flat()[0] as tf.Tensor);
        }
      }
      return {
        model: ours(
          named(dense(8, null, 1, { inputShape: [6] }), new Logarithm({ name: 'log' }), dense(1, null, 2)),
          'mse',
        ),
        x,
        y: numbers,
      };
    },
    where: { layer: 'log' },
  },
  'dead units': {
    code: 'units-dead',
    broken: () => ({
      model: ours(
        named(
          dense(8, 'relu', 1, {
            inputShape: [6],
            biasInitializer: tf.initializers.constant({ value: -50 }),
            name: 'dead',
          }),
          dense(1, null, 2),
        ),
        'mse',
      ),
      x,
      y: numbers,
    }),
    mended: () => ({ model: regression({}, { activation: 'elu' }), x, y: numbers }),
    where: { layer: 'dead' },
  },
  'saturated units': {
    code: 'layer-saturated',
    broken: () => ({
      model: ours(
        named(
          dense(8, 'sigmoid', 1, {
            inputShape: [6],
            biasInitializer: tf.initializers.constant({ value: 30 }),
            name: 'full',
          }),
          dense(1, null, 2),
        ),
        'mse',
      ),
      x,
      y: numbers,
    }),
    where: { layer: 'full' },
  },
  'many sigmoids': {
    code: 'gradient-vanishing',
    broken: () => ({
      model: ours(
        named(
          dense(8, 'sigmoid', 1, { inputShape: [6], name: 'first' }),
          ...Array.from({ length: 9 }, (_, i) => dense(8, 'sigmoid', i + 2)),
          dense(1, null, 30),
        ),
        'mse',
      ),
      x,
      y: numbers,
    }),
    mended: () => ({
      model: ours(
        named(
          dense(8, 'relu', 1, { inputShape: [6] }),
          ...Array.from({ length: 3 }, (_, i) => dense(8, 'relu', i + 2)),
          dense(1, null, 30),
        ),
        'mse',
      ),
      x,
      y: numbers,
    }),
    where: { layer: 'first' },
  },
  'weights too large': {
    code: 'gradient-exploding',
    broken: () => ({
      model: ours(
        named(
          dense(16, 'relu', 1, { inputShape: [6] }),
          ...Array.from({ length: 6 }, (_, i) =>
            dense(16, 'relu', i, { kernelInitializer: tf.initializers.randomNormal({ stddev: 4, seed: i }) }),
          ),
          dense(1, null, 30),
        ),
        'mse',
        { optimizer: tf.train.sgd(1e-12) },
      ),
      x,
      y: numbers,
    }),
    mended: () => ({ model: regression(), x, y: numbers }),
  },
  'weights far too large': {
    code: 'weights-unscaled',
    broken: () => ({
      model: regression(
        {},
        {
          activation: 'relu',
          more: { kernelInitializer: tf.initializers.randomNormal({ stddev: 200, seed: 1 }), name: 'wild' },
        },
      ),
      x,
      y: numbers,
    }),
    where: { layer: 'wild' },
  },
  'weights far too small': {
    code: 'weights-unscaled',
    broken: () => ({
      model: regression(
        {},
        { activation: 'tanh', more: { kernelInitializer: tf.initializers.randomNormal({ stddev: 1e-6, seed: 1 }) } },
      ),
      x,
      y: numbers,
    }),
    mended: () => ({ model: regression(), x, y: numbers }),
  },
  'a penalty that is all': {
    code: 'penalty-dominates',
    broken: () => ({
      model: regression({}, { more: { kernelRegularizer: tf.regularizers.l2({ l2: 10 }) } }),
      x,
      y: numbers,
    }),
    mended: () => ({
      model: regression({}, { more: { kernelRegularizer: tf.regularizers.l2({ l2: 0.001 }) } }),
      x,
      y: numbers,
    }),
  },
  'no activations': {
    code: 'model-is-linear',
    broken: () => ({ model: regression({}, { activation: 'linear' }), x, y: numbers }),
    mended: () => ({ model: regression({}, { activation: 'relu' }), x, y: numbers }),
  },
  'softmax everywhere': {
    code: 'softmax-between',
    broken: () => ({
      model: ours(perceptron(6, dense(4, 'softmax', 8), { activation: 'softmax' }), 'categoricalCrossentropy'),
      x,
      y: vectors,
    }),
    mended: () => ({
      model: ours(perceptron(6, dense(4, 'softmax', 8), { activation: 'relu' }), 'categoricalCrossentropy'),
      x,
      y: vectors,
    }),
  },
  'tokens beyond the table': {
    code: 'tokens-out-of-range',
    broken: () => ({
      model: ours(
        named(
          tf.layers.embedding({ inputDim: 50, outputDim: 4, inputLength: 3 }),
          tf.layers.flatten(),
          dense(1, 'sigmoid', 2),
        ),
        'binaryCrossentropy',
      ),
      x: tf.randomUniform([n, 3], 0, 80, 'int32', 5),
      y: yes,
    }),
    mended: () => ({
      model: ours(
        named(
          tf.layers.embedding({ inputDim: 80, outputDim: 4, inputLength: 3 }),
          tf.layers.flatten(),
          dense(1, 'sigmoid', 2),
        ),
        'binaryCrossentropy',
      ),
      x: tf.randomUniform([n, 3], 0, 80, 'int32', 5),
      y: yes,
    }),
    says: ['inputDim: '],
  },
  'scaled tokens': {
    code: 'tokens-out-of-range',
    broken: () => ({
      model: ours(
        named(
          tf.layers.embedding({ inputDim: 50, outputDim: 4, inputLength: 3 }),
          tf.layers.flatten(),
          dense(1, 'sigmoid', 2),
        ),
        'binaryCrossentropy',
      ),
      x: tf.randomUniform([n, 3], 0, 1, 'float32', 5),
      y: yes,
    }),
  },
  'dropout after the end': {
    code: 'dropout-at-the-end',
    broken: () => ({
      model: ours(
        named(dense(8, 'relu', 1, { inputShape: [6] }), dense(1, null, 2), tf.layers.dropout({ rate: 0.5 })),
        'mse',
      ),
      x,
      y: numbers,
    }),
    mended: () => ({
      model: ours(
        named(dense(8, 'relu', 1, { inputShape: [6] }), tf.layers.dropout({ rate: 0.5 }), dense(1, null, 2)),
        'mse',
      ),
      x,
      y: numbers,
    }),
  },
  'sigmoids for a distribution': {
    code: 'activation-does-not-fit',
    broken: () => ({
      model: ours(perceptron(6, dense(4, 'sigmoid', 8)), L.klDivergence),
      x,
      y: tf.softmax(x.slice([0, 0], [-1, 4])),
    }),
    mended: () => ({
      model: ours(perceptron(6, dense(4, 'softmax', 8)), L.klDivergence),
      x,
      y: tf.softmax(x.slice([0, 0], [-1, 4])),
    }),
  },
  'hinge of a sigmoid': {
    code: 'activation-does-not-fit',
    broken: () => ({ model: ours(perceptron(6, dense(1, 'sigmoid', 8)), 'hinge'), x, y: yes }),
    mended: () => ({ model: ours(perceptron(6, dense(1, null, 8)), 'hinge'), x, y: yes }),
  },
  'a score in place of a loss': {
    code: 'loss-upside-down',
    broken: () => ({
      model: ours(perceptron(6, dense(1, 'sigmoid', 8)), (y: tf.Tensor, p: tf.Tensor) =>
        tf.div(tf.sum(tf.mul(y, p)).mul(2), tf.add(tf.sum(y), tf.sum(p))),
      ),
      x,
      y: yes,
    }),
    mended: () => ({
      model: ours(perceptron(6, dense(1, 'sigmoid', 8)), (y: tf.Tensor, p: tf.Tensor) =>
        tf.sub(1, tf.div(tf.sum(tf.mul(y, p)).mul(2), tf.add(tf.sum(y), tf.sum(p)))),
      ),
      x,
      y: yes,
    }),
  },
  'NaN far behind': {
    code: 'inputs-not-finite',
    broken: () => ({
      model: regression(),
      x: tf.concat([normal([1000, 6]), tf.tensor2d(Array<number>(6).fill(NaN), [1, 6]), normal([1000, 6])]),
      y: normal([2001, 1]),
    }),
  },
  'bytes to be regressed by a sigmoid': {
    code: 'labels-beyond-activation',
    broken: () => ({ model: ours(perceptron(6, dense(6, 'sigmoid', 8)), 'mse'), x, y: tf.sigmoid(x).mul(255) }),
    mended: () => ({ model: ours(perceptron(6, dense(6, 'sigmoid', 8)), 'mse'), x, y: tf.sigmoid(x) }),
    says: ['y.div(255)'],
  },
  'a loss of argMax': {
    code: 'not-differentiable',
    broken: () => ({
      model: ours(perceptron(6, dense(4, 'softmax', 8)), (y: tf.Tensor, p: tf.Tensor) =>
        tf.cast(tf.notEqual(y.argMax(-1), p.argMax(-1)), 'float32'),
      ),
      x,
      y: vectors,
    }),
  },
  'a root at 0': {
    code: 'gradient-not-finite',
    broken: () => ({
      model: ours(perceptron(6, dense(1, null, 8, { kernelInitializer: 'zeros' })), (y: tf.Tensor, p: tf.Tensor) =>
        tf.sqrt(tf.square(tf.sub(p, y))).mean(-1),
      ),
      x,
      y: yes,
    }),
    mended: () => ({
      model: ours(perceptron(6, dense(1, null, 8, { kernelInitializer: 'zeros' })), (y: tf.Tensor, p: tf.Tensor) =>
        tf.sqrt(tf.square(tf.sub(p, y)).add(1e-7)).mean(-1),
      ),
      x,
      y: yes,
    }),
  },
  'a logarithm of a negative number': {
    code: 'loss-not-finite',
    broken: () => ({
      model: ours(perceptron(6, dense(1, null, 8)), (y: tf.Tensor, p: tf.Tensor) => tf.log(p).mul(y).mean(-1)),
      x,
      y: numbers,
    }),
  },
  'a loss that throws': {
    code: 'loss-fails',
    broken: () => ({
      model: ours(perceptron(6, dense(1, null, 8)), () => {
        throw new Error('no such thing');
      }),
      x,
      y: numbers,
    }),
    says: ['no such thing'],
  },
  'weights that are all 0': {
    code: 'weights-all-zero',
    broken: () => ({ model: regression(), x, y: numbers, args: { sampleWeight: tf.zeros([n]) } }),
    mended: () => ({ model: regression(), x, y: numbers, args: { sampleWeight: tf.ones([n]) } }),
  },
  'class weights of 0': {
    code: 'weights-all-zero',
    broken: () => ({
      model: ours(perceptron(6, dense(4, 'softmax', 8)), 'sparseCategoricalCrossentropy'),
      x,
      y: indices,
      args: { classWeight: { 0: 0, 1: 0, 2: 0, 3: 0 } },
    }),
  },
  'weights below 0': {
    code: 'weights-negative',
    broken: () => ({
      model: regression(),
      x,
      y: numbers,
      args: { sampleWeight: Array.from({ length: n }, (_, i) => (i === 3 ? -1 : 1)) },
    }),
  },
  'a loss weight of 0': {
    code: 'loss-weight-not-positive',
    broken: () => ({ model: regression({ lossWeights: 0 }), x, y: numbers }),
    mended: () => ({ model: regression({ lossWeights: 1 }), x, y: numbers }),
  },
  'few that count': {
    code: 'few-count',
    broken: () => ({
      model: regression(),
      x,
      y: numbers,
      args: { sampleWeight: Array.from({ length: n }, (_, i) => (i < 2 ? 1 : 0)) },
    }),
  },
  'all ignored': {
    code: 'nothing-counts',
    broken: () => ({
      model: ours(perceptron(6, dense(4, 'softmax', 8)), L.sparseCategoricalCrossentropy.with({ ignoreIndex: -1 })),
      x,
      y: tf.sub(tf.mul(indices, 0), 1),
    }),
  },
  'no pairs': {
    code: 'batch-too-small',
    broken: () => ({ model: ours(perceptron(6, dense(3, null, 8)), L.ntXent), x, y: tf.range(0, n, 1, 'int32') }),
    mended: () => ({ model: ours(perceptron(6, dense(3, null, 8)), L.ntXent), x, y: indices }),
  },
  'no others': {
    code: 'batch-too-small',
    broken: () => ({ model: ours(perceptron(6, dense(3, null, 8)), L.circle), x, y: tf.zeros([n], 'int32') }),
  },
  'accuracy of numbers': {
    code: 'metric-does-not-fit',
    broken: () => ({ model: regression({ metrics: ['accuracy'] }), x, y: numbers }),
    mended: () => ({ model: regression({ metrics: ['mae'] }), x, y: numbers }),
  },
  'a rare class': {
    code: 'labels-imbalanced',
    broken: () => ({
      model: ours(perceptron(6, dense(1, 'sigmoid', 8)), 'binaryCrossentropy'),
      x,
      y: tf.cast(tf.greater(x.slice([0, 0], [-1, 1]), 1.8), 'float32'),
    }),
    mended: () => ({
      model: ours(perceptron(6, dense(1, 'sigmoid', 8)), 'binaryCrossentropy'),
      x,
      y: tf.cast(tf.greater(x.slice([0, 0], [-1, 1]), 1.8), 'float32'),
      args: { classWeight: { 0: 0.5, 1: 10 } },
    }),
    says: ['classWeight: { 0: '],
  },
  'a weight that nothing uses': {
    code: 'variable-without-gradient',
    broken: () => {
      class Unused extends tf.layers.Layer {
        static readonly className = 'Unused';
        override build(): void {
          this.addWeight('loose', [1], 'float32', tf.initializers.ones());
          this.built = true;
        }
        override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
          return tf.mul([inputs].flat()[0] as tf.Tensor, 1);
        }
      }
      return {
        model: ours(
          named(dense(8, 'relu', 1, { inputShape: [6] }), new Unused({ name: 'unused' }), dense(1, null, 2)),
          'mse',
        ),
        x,
        y: numbers,
      };
    },
    mended: () => ({ model: regression(), x, y: numbers }),
    where: { layer: 'unused' },
  },
  'rounded predictions': {
    code: 'gradient-zero',
    broken: () => ({
      model: theirs(perceptron(6, dense(1, 'sigmoid', 8)), (labels: tf.Tensor, predictions: tf.Tensor) =>
        tf.mean(tf.abs(tf.sub(labels, tf.round(predictions))), -1),
      ),
      x,
      y: yes,
    }),
    mended: () => ({
      model: theirs(perceptron(6, dense(1, 'sigmoid', 8)), (labels: tf.Tensor, predictions: tf.Tensor) =>
        tf.mean(tf.abs(tf.sub(labels, predictions)), -1),
      ),
      x,
      y: yes,
    }),
  },
  'a layer that hears nothing': {
    code: 'predictions-collapsed',
    broken: () => ({
      model: ours(
        named(
          dense(8, 'tanh', 1, {
            inputShape: [6],
            kernelInitializer: 'zeros',
            biasInitializer: tf.initializers.randomNormal({ stddev: 1, seed: 5 }),
          }),
          dense(1, null, 2),
        ),
        'mse',
      ),
      x,
      y: numbers,
    }),
    mended: () => ({ model: regression(), x, y: numbers }),
  },
  'sure and wrong': {
    code: 'predictions-saturated',
    broken: () => ({
      model: ours(
        perceptron(6, dense(1, 'sigmoid', 8, { biasInitializer: tf.initializers.constant({ value: 8 }) })),
        'binaryCrossentropy',
      ),
      x,
      y: yes,
    }),
    mended: () => ({ model: ours(perceptron(6, dense(1, 'sigmoid', 8)), 'binaryCrossentropy'), x, y: yes }),
  },
};

test.each(Object.entries(faults))('%s', async (_, { code, broken, mended, where, says = [] }) => {
  const made = broken();
  const before = tf.memory().numTensors;
  const weights = made.model.getWeights().map((w) => w.arraySync());
  const diagnosis = await diagnose(made.model, made.x as tf.Tensor, made.y as tf.Tensor, made.args);
  const [first] = diagnosis.findings;
  expect([first?.code, String(diagnosis)]).toEqual([code, String(diagnosis)]);
  expect(first?.where).toEqual(expect.objectContaining(where ?? {}));
  for (const words of says) expect(`${first?.seen} ${first?.why} ${first?.change}`).toContain(words);
  expect(tf.memory().numTensors).toBe(before);
  expect(made.model.getWeights().map((w) => w.arraySync())).toEqual(weights);
  if (!mended) return;
  const sound = mended();
  const after = await diagnose(sound.model, sound.x as tf.Tensor, sound.y as tf.Tensor, sound.args);
  expect(after.findings.map((finding) => finding.code)).not.toContain(code);
});

/** Those that need no model, and one that only devices of half precision have: see diagnoseInspect.test.ts and test/browser. */
const elsewhere = ['labels-swapped', 'no-better-than-chance', 'half-precision'];

test('every code is found in a broken model here, or elsewhere', () => {
  const found = Object.values(faults).map(({ code }) => code as string);
  expect(Object.keys(codes).filter((code) => ![...found, ...elsewhere].includes(code))).toEqual([]);
});
