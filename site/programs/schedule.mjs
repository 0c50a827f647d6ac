// schedule.mjs: ten steps of warm-up, then a cosine down to 0
import * as tf from '@tensorflow/tfjs';
import { meanSquaredError } from 'tfjs-losses';

const steps = 100;
const rateAt = (step) => (step < 10 ? (step + 1) / 10 : (1 + Math.cos((Math.PI * (step - 10)) / (steps - 10))) / 2);

const weight = tf.variable(tf.scalar(0));
const optimizer = tf.train.adam(0.1);
for (let step = 0; step < steps; step++) {
  optimizer.learningRate = 0.1 * rateAt(step);
  optimizer.minimize(() => meanSquaredError.mean([2, 4], tf.mul(weight, [1, 2])));
  if (step % 33 === 0)
    console.log(`step ${step}: rate ${(0.1 * rateAt(step)).toFixed(3)}, weight ${weight.dataSync()[0].toFixed(3)}`);
}
