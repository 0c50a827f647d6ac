// own-gradient.mjs: a step that is not to be differentiated, by tf.customGrad
import * as tf from '@tensorflow/tfjs';

// The values of x, and a gradient of 0: what other libraries call stopGradient or detach.
const constant = (x) =>
  tf.customGrad((zero) => ({ value: tf.add(x, zero), gradFunc: () => tf.zeros([]) }))(tf.scalar(0));

// Errors count by how large they are, and that factor is not to be trained.
function weighted(labels, predictions) {
  const error = tf.abs(tf.sub(predictions, labels));
  const factor = constant(tf.div(error, tf.max(error)));
  return tf.mean(tf.mul(factor, error));
}

const labels = tf.tensor1d([0, 0]);
const predictions = tf.tensor1d([1, 2]);
console.log('value   ', weighted(labels, predictions).dataSync()[0]); // (½·1 + 1·2) ÷ 2
console.log(
  'gradient',
  tf
    .grad((p) => weighted(labels, p))(predictions)
    .arraySync(),
); // the factors ÷ 2
