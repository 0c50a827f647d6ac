// loop.mjs: y = 3x + 1, found by gradient descent
import * as tf from '@tensorflow/tfjs';
import { huber } from 'tfjs-losses';

const [slope, offset] = [tf.variable(tf.scalar(0)), tf.variable(tf.scalar(0))];
const x = tf.linspace(-1, 1, 50);
const y = tf.add(tf.mul(3, x), 1);
const optimizer = tf.train.adam(0.1);

for (let step = 1; step <= 200; step++) {
  const loss = optimizer.minimize(() => huber.mean(y, tf.add(tf.mul(slope, x), offset)), true);
  if (step % 40 === 0) console.log(`step ${step}: loss ${loss.dataSync()[0].toFixed(4)}`);
  loss.dispose();
}
console.log(`y = ${slope.dataSync()[0].toFixed(2)} x + ${offset.dataSync()[0].toFixed(2)}`);
