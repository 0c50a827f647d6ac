// article-dog.mjs
import * as tf from '@tensorflow/tfjs';
import { categoricalCrossentropy } from 'tfjs-losses';

const isDog = [1, 0, 0, 0];
const bitsOf = (outputs) => categoricalCrossentropy(isDog, outputs, { fromLogits: true, base: 2 });

// What the network puts out for the picture of a dog: scores for dog, cat, horse and cheetah.
const outputs = tf.variable(tf.tensor1d([3.2, 1.3, 0.2, 0.8]));

// Steps on the outputs themselves, as if each were a weight of its own.
const optimizer = tf.train.sgd(1);
for (let step = 0; step <= 4; step++) {
  const probabilities = Array.from(tf.softmax(outputs).dataSync(), (p) => p.toFixed(3));
  console.log(`step ${step}: ${probabilities.join(' ')}, loss ${bitsOf(outputs).dataSync()[0].toFixed(4)} bits`);
  optimizer.minimize(() => bitsOf(outputs));
}
