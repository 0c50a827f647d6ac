// own-loss.mjs: an error above the label costs three times as much as one below it
import * as tf from '@tensorflow/tfjs';
import { compile, inspect } from 'tfjs-losses/layers';

function dearAbove(labels, predictions) {
  const error = tf.sub(predictions, labels);
  const squares = tf.add(tf.mul(3, tf.square(tf.relu(error))), tf.square(tf.relu(tf.neg(error))));
  return tf.mean(squares, -1); // one value for each example
}

const labels = tf.tensor2d([[1], [1]]);
const predictions = tf.tensor2d([[2], [0]]);
console.log('values   ', dearAbove(labels, predictions).arraySync());

// The derivative is held against differences, as a first test.
const grad = tf
  .grad((p) => tf.sum(dearAbove(labels, p)))(predictions)
  .dataSync();
const at = (p) => dearAbove(tf.tensor2d([[1]]), tf.tensor2d([[p]])).dataSync()[0];
console.log(
  'gradient ',
  grad[0],
  grad[1],
  'differences',
  ((at(2.01) - at(1.99)) / 0.02).toFixed(2),
  ((at(0.01) - at(-0.01)) / 0.02).toFixed(2),
);
console.log(String(await inspect(dearAbove, labels, predictions)));

const model = tf.sequential({ layers: [tf.layers.dense({ units: 1, inputShape: [1], kernelInitializer: 'zeros' })] });
compile(model, { optimizer: tf.train.sgd(0.1), loss: dearAbove });
const { history } = await model.fit(tf.ones([4, 1]), tf.tensor2d([[0], [1], [2], [3]]), { epochs: 50, verbose: 0 });
console.log(`loss ${history.loss[0].toFixed(2)} → ${history.loss[49].toFixed(2)}`);
console.log(
  'prediction',
  model
    .predict(tf.ones([1, 1]))
    .dataSync()[0]
    .toFixed(2),
  'mean of the labels 1.5',
);
