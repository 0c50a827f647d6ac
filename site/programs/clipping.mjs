// clipping.mjs: counts y = e^(0.5·x), from a start that is far too high, with the norm of the gradient bounded and not
import * as tf from '@tensorflow/tfjs';
import { poisson } from 'tfjs-losses';

const x = tf.linspace(0, 4, 20);
const y = tf.exp(tf.mul(0.5, x));

function train(limit) {
  const rate = tf.variable(tf.scalar(3));
  const offset = tf.variable(tf.scalar(0));
  const optimizer = tf.train.sgd(0.1);
  const predicted = () => tf.exp(tf.add(tf.mul(rate, x), offset));

  const step = () =>
    tf.tidy(() => {
      const { value, grads } = optimizer.computeGradients(() => poisson.mean(y, predicted()));
      const norm = tf.sqrt(tf.addN(Object.values(grads).map((gradient) => tf.sum(tf.square(gradient)))));
      const factor = tf.minimum(1, tf.div(limit, norm));
      const clipped = Object.entries(grads).map(([name, gradient]) => [name, tf.mul(gradient, factor)]);
      optimizer.applyGradients(Object.fromEntries(clipped));
      return [value.dataSync()[0], norm.dataSync()[0]];
    });

  const [firstLoss, firstNorm] = step();
  console.log(`limit ${limit}: first loss ${firstLoss.toFixed(0)}, first norm ${firstNorm.toFixed(0)}`);
  const before = tf.memory().numTensors;
  for (let i = 0; i < 600; i++) step();
  console.log(`  then y = e^(${rate.dataSync()[0].toFixed(2)} x + ${offset.dataSync()[0].toFixed(2)})`);
  console.log(`  tensors left behind by 600 steps: ${tf.memory().numTensors - before}`);
}

train(Infinity);
train(1);
