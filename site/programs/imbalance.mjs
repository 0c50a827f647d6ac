// imbalance.mjs: 40 positives among 1000 examples, the same net and start, several losses
import * as tf from '@tensorflow/tfjs';
import { binaryCrossentropy, binaryFocalCrossentropy } from 'tfjs-losses';

const count = 1000;
const isPositive = Array.from({ length: count }, (_, i) => i % 25 === 0);
const noise = tf.randomNormal([count, 2], 0, 1, 'float32', 3).arraySync();
const x = tf.tensor2d(noise.map(([a, b], i) => (isPositive[i] ? [a + 1.5, b + 1.5] : [a, b])));
const y = tf.tensor2d(isPositive.map((yes) => [yes ? 1 : 0]));

function train(loss) {
  const weights = tf.variable(tf.zeros([2, 1]));
  const bias = tf.variable(tf.scalar(0));
  const logits = () => x.matMul(weights).add(bias);
  const optimizer = tf.train.adam(0.05);
  for (let step = 0; step < 300; step++) optimizer.minimize(() => loss.mean(y, logits()));
  const p = tf.sigmoid(logits()).dataSync();
  optimizer.dispose();
  return p;
}

const fromLogits = true;
const losses = {
  'cross-entropy': binaryCrossentropy.with({ fromLogits }),
  'posWeight 5': binaryCrossentropy.with({ fromLogits, posWeight: 5 }),
  'posWeight 24': binaryCrossentropy.with({ fromLogits, posWeight: 24 }),
  'focal, γ 2': binaryFocalCrossentropy.with({ fromLogits }),
  'focal, γ 2, α 0.9': binaryFocalCrossentropy.with({ fromLogits, alpha: 0.9 }),
};
console.log('                     found  false alarms  mean probability (true: 0.04)');
for (const [name, loss] of Object.entries(losses)) {
  const p = train(loss);
  const found = p.filter((q, i) => q > 0.5 && isPositive[i]).length;
  const alarms = p.filter((q, i) => q > 0.5 && !isPositive[i]).length;
  const mean = p.reduce((sum, q) => sum + q, 0) / count;
  console.log(name.padEnd(19), `${found}/40`.padStart(6), String(alarms).padStart(13), mean.toFixed(2).padStart(17));
}
