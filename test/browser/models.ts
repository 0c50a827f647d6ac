import * as tf from '@tensorflow/tfjs';
import * as L from '../../src/index.js';
import { compile } from '../../src/layers/index.js';
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

const booleans = (x: tf.Tensor): tf.Tensor => tf.greater(x, 0.5);

export const modelTests = [
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
