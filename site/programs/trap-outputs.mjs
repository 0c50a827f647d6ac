// trap-outputs.mjs: three outputs with the losses 1, 4 and 9, evaluated
import * as tf from '@tensorflow/tfjs';
import { compile } from 'tfjs-losses/layers';

const input = tf.input({ shape: [1] });
const head = (name) => tf.layers.dense({ name, units: 1, kernelInitializer: 'zeros' }).apply(input);
const model = tf.model({ inputs: input, outputs: ['a', 'b', 'c'].map(head) });
const x = tf.ones([1, 1]);
const y = [1, 2, 3].map((label) => tf.tensor2d([[label]]));
const loss = 'meanSquaredError';
const evaluated = () =>
  model
    .evaluate(x, y)
    .map((value, i) => `${model.metricsNames[i]} ${value.dataSync()[0]}`)
    .join(', ');

model.compile({ optimizer: 'sgd', loss: [loss, loss, loss] });
console.log('model.compile:', evaluated());
compile(model, { optimizer: 'sgd', loss: [loss, loss, loss] });
console.log('compile:      ', evaluated());
