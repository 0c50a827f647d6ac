// trap-accuracy.mjs: three labels at once, the last of which the model gets wrong
import * as tf from '@tensorflow/tfjs';
import { binaryCrossentropy } from 'tfjs-losses';
import { compile } from 'tfjs-losses/layers';

const x = tf.ones([1, 1]);
const y = tf.tensor2d([[1, 1, 0]]);
const kernel = tf.tensor2d([[2, 3, 4]]); // logits: yes, yes, yes
const layer = tf.layers.dense({ units: 3, activation: 'sigmoid', inputShape: [1], useBias: false, weights: [kernel] });
const model = tf.sequential({ layers: [layer] });
const accuracy = () => model.evaluate(x, y)[1].dataSync()[0].toFixed(3);

model.compile({ optimizer: 'sgd', loss: (labels, p) => tf.losses.logLoss(labels, p), metrics: ['accuracy'] });
console.log('model.compile, a function as loss:', accuracy());
compile(model, { optimizer: 'sgd', loss: binaryCrossentropy, metrics: ['accuracy'] });
console.log('compile:                          ', accuracy());
