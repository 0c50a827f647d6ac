// several-outputs.mjs: one model that tells a price and a kind, with a loss for each
import * as tf from '@tensorflow/tfjs';
import { huber, sparseCategoricalCrossentropy } from 'tfjs-losses';
import { compile } from 'tfjs-losses/layers';

const dense = (name, units, seed, activation) =>
  tf.layers.dense({ name, units, activation, kernelInitializer: tf.initializers.glorotUniform({ seed }) });
const input = tf.input({ shape: [2] });
const hidden = dense('hidden', 8, 1, 'tanh').apply(input);
const outputs = [dense('price', 1, 2).apply(hidden), dense('kind', 3, 3).apply(hidden), hidden];
const model = tf.model({ inputs: input, outputs }); // the third output, `hidden`, has no loss and wants no labels

compile(model, {
  optimizer: tf.train.adam(0.05),
  loss: {
    price: huber.with({ delta: 1 }),
    kind: sparseCategoricalCrossentropy.with({ fromLogits: true, ignoreIndex: -1 }),
  },
  lossWeights: { price: 0.5 }, // kind has 1
  metrics: { price: ['mae'], kind: 'accuracy' },
});

const x = tf.randomUniform([60, 2], -1, 1, 'float32', 4);
const sum = x.sum(1, true);
const kind = tf.add(tf.cast(sum.greater(-0.3), 'int32'), tf.cast(sum.greater(0.3), 'int32')).squeeze([1]);
const known = tf.where(tf.range(0, 60).less(50), kind, tf.fill([60], -1)); // the kinds of the last ten are not known
const { history } = await model.fit(x, { price: sum.mul(2), kind: known }, { epochs: 60, shuffle: false, verbose: 0 });

const round = (name) => `${name.padEnd(11)} ${history[name][0].toFixed(3)} → ${history[name].at(-1).toFixed(3)}`;
console.log(Object.keys(history).map(round).join('\n'));
const last = (name) => history[name].at(-1);
console.log(`0.5 × price + kind = ${(0.5 * last('price_loss') + last('kind_loss')).toFixed(3)}`);
