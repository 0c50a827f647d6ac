// model.mjs: two moons, a small net, and how well it does on points that it has not seen
import * as tf from '@tensorflow/tfjs';
import { binaryCrossentropy } from 'tfjs-losses';
import { compile } from 'tfjs-losses/layers';

const count = 400;
const noise = tf.randomNormal([count, 2], 0, 0.15, 'float32', 7).arraySync();
const points = noise.map(([dx, dy], i) => {
  const angle = (Math.PI * i) / count;
  const [x, y] = i % 2 === 0 ? [Math.cos(angle), Math.sin(angle)] : [1 - Math.cos(angle), 0.5 - Math.sin(angle)];
  return [x + dx, y + dy];
});
const labels = points.map((_, i) => [i % 2]);
const isTest = (_, i) => i % 5 === 4;
const isTrain = (_, i) => i % 5 !== 4;
const x = tf.tensor2d(points.filter(isTrain));
const y = tf.tensor2d(labels.filter(isTrain));
const xTest = tf.tensor2d(points.filter(isTest));
const yTest = tf.tensor2d(labels.filter(isTest));

const kernelInitializer = tf.initializers.glorotUniform({ seed: 1 });
const model = tf.sequential();
model.add(tf.layers.dense({ units: 16, activation: 'relu', inputShape: [2], kernelInitializer }));
model.add(tf.layers.dense({ units: 16, activation: 'relu', kernelInitializer }));
model.add(tf.layers.dense({ units: 1, kernelInitializer })); // logits: no activation

const loss = binaryCrossentropy.with({ fromLogits: true });
compile(model, { optimizer: tf.train.adam(0.02), loss, metrics: ['accuracy'] });
await model.fit(x, y, {
  epochs: 30,
  shuffle: false,
  verbose: 0,
  callbacks: {
    onEpochEnd: (epoch, { loss, acc }) => {
      if (epoch % 10 === 9) console.log(`epoch ${epoch + 1}: loss ${loss.toFixed(2)}, accuracy ${acc.toFixed(2)}`);
    },
  },
});

const [testLoss, accuracy] = model.evaluate(xTest, yTest).map((value) => value.dataSync()[0]);
console.log(`unseen points: loss ${testLoss.toFixed(2)}, accuracy ${accuracy.toFixed(2)}`);
const probability = tf.sigmoid(
  model.predict(
    tf.tensor2d([
      [0, 1],
      [1, -0.5],
    ]),
  ),
);
console.log(
  'probability of class 1 at (0, 1) and at (1, −0.5):',
  probability.dataSync()[0].toFixed(2),
  probability.dataSync()[1].toFixed(2),
);
