// schedule.mjs: ten steps of warm-up, then a cosine down to 0
import * as tf from '@tensorflow/tfjs';
import { meanSquaredError } from 'tfjs-losses';

const steps = 100;
const rateAt = (step) =>
  0.1 * (step < 10 ? (step + 1) / 10 : (1 + Math.cos((Math.PI * (step - 10)) / (steps - 10))) / 2);

function train(optimizer, setRate) {
  const weight = tf.variable(tf.scalar(0));
  const seen = [];
  for (let step = 0; step < steps; step++) {
    setRate(rateAt(step));
    const before = weight.dataSync()[0];
    optimizer.minimize(() => meanSquaredError.mean([2, 4], tf.mul(weight, [1, 2])), false, [weight]);
    if (step === 0 || step === steps - 1) seen.push((weight.dataSync()[0] - before).toFixed(3));
  }
  return `first step ${seen[0]}, last step ${seen[1]}, weight ${weight.dataSync()[0].toFixed(2)}`;
}

console.log('rates      ', [0, 9, 50, 99].map((step) => rateAt(step).toFixed(4)).join(', '));
const adam = tf.train.adam(0.1);
console.log(
  'adam       ',
  train(adam, (rate) => (adam.learningRate = rate)),
);
const sgd = tf.train.sgd(0.1);
console.log(
  'sgd        ',
  train(sgd, (rate) => sgd.setLearningRate(rate)),
);
