// from-keras.mjs
import * as tf from '@tensorflow/tfjs';
import { sparseCategoricalCrossentropy } from 'tfjs-losses';
import { compile } from 'tfjs-losses/layers';

const x = tf.tensor2d([
  [1, 0],
  [0, 1],
  [-1, -1],
  [5, 5],
]);
const y = tf.tensor1d([0, 1, 2, -1]);

const model = tf.sequential({ layers: [tf.layers.dense({ units: 3, inputShape: [2], kernelInitializer: 'zeros' })] });
compile(model, {
  optimizer: tf.train.sgd(0.5),
  loss: sparseCategoricalCrossentropy.with({ fromLogits: true, ignoreIndex: -1 }),
});
const { history } = await model.fit(x, y, { epochs: 5, shuffle: false, classWeight: { 0: 2 }, verbose: 0 });
console.log(history.loss.map((value) => value.toFixed(4)).join(' '));
