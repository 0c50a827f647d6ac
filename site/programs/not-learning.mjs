// not-learning.mjs: images of 0 to 255, and a softmax before a loss that expects logits
import * as tf from '@tensorflow/tfjs';
import { categoricalCrossentropy } from 'tfjs-losses';
import { diagnose } from 'tfjs-losses/layers';

const kernelInitializer = tf.initializers.glorotUniform({ seed: 1 });
const labels = Array.from({ length: 90 }, (_, i) => i % 3);
const x = tf.tensor2d(labels.map((c, i) => [80 * c + (i % 7), 255 - 80 * c, (i * 37) % 256]));
const y = tf.oneHot(tf.tensor1d(labels, 'int32'), 3).toFloat();
const model = tf.sequential();
model.add(tf.layers.dense({ name: 'hidden', units: 8, activation: 'relu', inputShape: [3], kernelInitializer }));
model.add(tf.layers.dense({ name: 'head', units: 3, activation: 'softmax', kernelInitializer }));
model.compile({ optimizer: tf.train.sgd(0.1), loss: categoricalCrossentropy.with({ fromLogits: true }) });

const { findings } = await diagnose(model, x, y);
for (const { severity, code, seen } of findings) console.log(`${severity}: ${code}\n  ${seen}`);
