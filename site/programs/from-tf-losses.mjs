// from-tf-losses.mjs: the same training step three times
import * as tf from '@tensorflow/tfjs';
import { huber } from 'tfjs-losses';
import { losses } from 'tfjs-losses/tensorflow';

const x = tf.linspace(-1, 1, 50);
const y = x.mul(3).add(1);
const weights = tf.cast(x.abs().less(0.8), 'float32'); // the outer points do not count

function train(lossOf) {
  const [slope, offset] = [tf.scalar(0).variable(), tf.scalar(0).variable()];
  const optimizer = tf.train.adam(0.1);
  for (let step = 0; step < 100; step++) optimizer.minimize(() => lossOf(y, x.mul(slope).add(offset)));
  return `y = ${slope.dataSync()[0].toFixed(2)} x + ${offset.dataSync()[0].toFixed(2)}`;
}

// Before.
console.log(train((y, p) => tf.losses.huberLoss(y, p, weights, 0.5)));
// The first step: import losses, and change nothing else but `tf.losses` to `losses`.
console.log(train((y, p) => losses.huberLoss(y, p, weights, 0.5)));
// After: options by name.
console.log(train((y, p) => huber(y, p, { weights, delta: 0.5, reduction: 'meanOverNonzeroWeights' })));
