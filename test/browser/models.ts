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

/** Losses that tfjs has too train a model as its own do. */
export const modelTests = trained.map(([loss, name, kind]) => ({
  title: `a model trains as with tfjs's own ${name}`,
  run: async () => assertClose(await outcome(loss, kind), await outcome(name, kind), 1e-4, 'losses and weights'),
}));
