// standstill.mjs: the head has no activation, and the loss takes its numbers for probabilities
import * as tf from '@tensorflow/tfjs';
import { diagnose } from 'tfjs-losses/layers';

const kernelInitializer = tf.initializers.glorotUniform({ seed: 3 });
const x = tf.randomNormal([200, 4], 0, 1, 'float32', 1);
const y = tf.tidy(() => x.slice([0, 0], [200, 1]).greater(0).toFloat());
const model = tf.sequential();
model.add(tf.layers.dense({ name: 'hidden', units: 8, activation: 'relu', inputShape: [4], kernelInitializer }));
model.add(tf.layers.dense({ name: 'head', units: 1, kernelInitializer }));
model.compile({ optimizer: 'adam', loss: 'binaryCrossentropy' });

console.log(String(await diagnose(model, x, y)));
