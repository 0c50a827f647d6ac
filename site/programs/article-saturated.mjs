// article-saturated.mjs
import * as tf from '@tensorflow/tfjs';
import { binaryCrossentropy, meanSquaredError } from 'tfjs-losses';

// The truth is 0, and the neuron says nearly 1.
const truth = [0];
const losses = {
  'MSE over a sigmoid': (x) => meanSquaredError(truth, tf.sigmoid(x)),
  'cross-entropy of the logit': (x) => binaryCrossentropy(truth, x, { fromLogits: true }),
};

for (const x of [2, 4, 8, 16]) {
  for (const [name, loss] of Object.entries(losses)) {
    const slope = tf
      .grad(loss)(tf.tensor1d([x]))
      .dataSync()[0];
    console.log(`x = ${x}, ${name}: gradient ${slope.toPrecision(3)}`);
  }
}
