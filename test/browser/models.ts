import * as tf from '@tensorflow/tfjs';
import * as L from '../../src/index.js';
import { compile, diagnose, type FindingCode } from '../../src/layers/index.js';
import { isHalf } from '../../src/numerics/portable.js';
import { numbers } from '../support/draw.js';
import { assertClose } from '../support/law.js';

type LossOfModel = Parameters<typeof compile>[1]['loss'];

const examples = 10;
const outputs = 3;

/** Labels of each kind that models are trained with. */
const labels = {
  numbers: () => tf.tensor2d(numbers('labels', examples * outputs), [examples, outputs]),
  classes: () => tf.tensor2d(classes, [examples, 1]),
  oneHot: () => tf.oneHot(tf.tensor1d(classes, 'int32'), outputs),
};
const classes = numbers('classes', examples).map((x) => Math.floor(outputs * x));

/** A loss, what tfjs-layers calls it, and what it is trained with. */
const trained: readonly (readonly [LossOfModel, string, keyof typeof labels])[] = [
  [L.meanSquaredError, 'meanSquaredError', 'numbers'],
  [L.binaryCrossentropy, 'binaryCrossentropy', 'numbers'],
  [L.categoricalCrossentropy, 'categoricalCrossentropy', 'oneHot'],
  [L.sparseCategoricalCrossentropy, 'sparseCategoricalCrossentropy', 'classes'],
];

/** The loss of each epoch, and the weights afterwards. */
async function outcome(loss: LossOfModel | string, kind: keyof typeof labels): Promise<number[]> {
  const layer = tf.layers.dense({
    units: outputs,
    activation: 'softmax',
    inputShape: [2],
    weights: [tf.tensor2d(numbers('kernel', 2 * outputs), [2, outputs]), tf.zeros([outputs])],
  });
  const model = tf.sequential({ layers: [layer] });
  const optimizer = tf.train.sgd(0.5);
  if (typeof loss === 'string') model.compile({ optimizer, loss });
  else compile(model, { optimizer, loss });
  const x = tf.tensor2d(numbers('x', 2 * examples, [-1, 1]), [examples, 2]);
  const { history } = await model.fit(x, labels[kind](), { epochs: 3, batchSize: 5, shuffle: false, verbose: 0 });
  return [...(history['loss'] as number[]), ...model.getWeights().flatMap((weights) => [...weights.dataSync()])];
}

/** The same of a model whose outputs have five axes, with labels and weights that are 0 or 1. */
async function outcomeOnManyAxes(form: (zerosAndOnes: tf.Tensor) => tf.Tensor): Promise<number[]> {
  const layer = tf.layers.dense({
    units: 16,
    activation: 'sigmoid',
    inputShape: [2],
    weights: [tf.tensor2d(numbers('kernel', 32), [2, 16]), tf.zeros([16])],
  });
  const model = tf.sequential({ layers: [layer, tf.layers.reshape({ targetShape: [2, 2, 2, 2] })] });
  compile(model, { optimizer: tf.train.sgd(0.5), loss: L.binaryCrossentropy, metrics: ['accuracy'] });
  const bits = (seed: string, shape: number[]): tf.Tensor =>
    form(tf.tensor(numbers(seed, tf.util.sizeFromShape(shape)).map(Math.round), shape));
  const { history } = await model.fit(
    tf.tensor2d(numbers('x', 2 * examples, [-1, 1]), [examples, 2]),
    bits('labels', [examples, 2, 2, 2, 2]),
    {
      epochs: 2,
      batchSize: 5,
      shuffle: false,
      verbose: 0,
      sampleWeight: bits('weights', [examples, 2]),
      classWeight: { 1: 3 },
    },
  );
  return [history['loss'], history['acc'], ...model.getWeights().map((weights) => weights.dataSync())].flatMap(
    (found) => [...(found as number[])],
  );
}

/** Throws unless it is found, before all else, what is wrong with a model of one layer. */
async function mustFind(code: FindingCode, layer: tf.layers.Layer, x: tf.Tensor): Promise<void> {
  const model = tf.sequential({ layers: [layer] });
  compile(model, { optimizer: 'sgd', loss: L.binaryCrossentropy });
  const y = tf.tensor2d(numbers('answers', examples).map(Math.round), [examples, 1]);
  const before = tf.memory().numTensors;
  const diagnosis = await diagnose(model, x, y);
  if (diagnosis.findings[0]?.code !== code) throw new Error(`${code} is not what is found: ${String(diagnosis)}`);
  if (tf.memory().numTensors !== before) throw new Error('tensors are left');
}

const unit = (activation: 'sigmoid' | 'linear', size: number): tf.layers.Layer =>
  tf.layers.dense({ units: 1, activation, inputShape: [2], weights: [tf.fill([2, 1], size), tf.zeros([1])] });

const booleans = (x: tf.Tensor): tf.Tensor => tf.greater(x, 0.5);

export const modelTests = [
  {
    title: 'a last layer without its activation is found',
    run: () =>
      mustFind('head-without-activation', unit('linear', 3), tf.randomNormal([examples, 2], 0, 1, 'float32', 1)),
  },
  {
    title: 'scores beyond half precision are found, where there is such a device',
    run: async () => {
      const x = tf.fill([examples, 2], 200).mul(tf.linspace(0.5, 1, examples).expandDims(1));
      if (isHalf()) await mustFind('half-precision', unit('sigmoid', 300), x);
    },
  },
  ...trained.map(([loss, name, kind]) => ({
    title: `a model trains as with tfjs's own ${name}`,
    run: async () => assertClose(await outcome(loss, kind), await outcome(name, kind), 1e-4, 'losses and weights'),
  })),
  {
    title: 'a model of five axes trains as well with booleans, and with what is cast from them, as with floats',
    run: async () => {
      const expected = await outcomeOnManyAxes((x) => x);
      for (const form of [booleans, (x: tf.Tensor) => tf.cast(booleans(x), 'float32')]) {
        assertClose(await outcomeOnManyAxes(form), expected, 1e-4, 'losses, accuracies and weights');
      }
    },
  },
];
