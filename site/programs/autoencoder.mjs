// autoencoder.mjs: a variational autoencoder, whose second loss has no labels
import * as tf from '@tensorflow/tfjs';
import { continuousKlDivergence, meanSquaredError } from 'tfjs-losses';
import { compile } from 'tfjs-losses/layers';

/** Draws from the Gaussian of a mean and a log-variance while training; gives the mean otherwise. */
class Draw extends tf.layers.Layer {
  static className = 'Draw';
  computeOutputShape([shape]) {
    return shape;
  }
  call([mean, logVariance], { training }) {
    if (!training) return mean.clone();
    return tf.add(mean, tf.mul(tf.exp(tf.div(logVariance, 2)), tf.randomNormal(mean.shape, 0, 1, 'float32', 1)));
  }
}

const dense = (name, units, seed, activation) =>
  tf.layers.dense({ name, units, activation, kernelInitializer: tf.initializers.glorotUniform({ seed }) });
const input = tf.input({ shape: [4] });
const hidden = dense('hidden', 8, 1, 'tanh').apply(input);
const mean = dense('mean', 1, 2).apply(hidden);
const logVariance = dense('logVariance', 1, 3).apply(hidden);
const drawn = new Draw({}).apply([mean, logVariance]);
const decoded = dense('decoded', 4, 5).apply(dense('opened', 8, 4, 'tanh').apply(drawn));
const model = tf.model({ inputs: input, outputs: [decoded, mean, logVariance] });

const kl = (mean, logVariance) =>
  tf.sum(continuousKlDivergence({ mean, logVariance }, { mean: 0, logVariance: 0 }), -1);
compile(model, {
  optimizer: tf.train.adam(0.02),
  loss: { decoded: meanSquaredError, kl: { of: ['mean', 'logVariance'], labels: false, loss: kl } },
  lossWeights: { kl: 0.02 },
});

const t = tf.linspace(-1, 1, 64).reshape([64, 1]); // all four features follow from one number
const x = tf.concat([t, t.neg(), t.mul(0.5), t.square()], 1);
const { history } = await model.fit(x, { decoded: x }, { epochs: 60, shuffle: false, verbose: 0 });
for (const [name, values] of Object.entries(history))
  console.log(`${name.padEnd(13)} ${values[0].toFixed(3)} → ${values.at(-1).toFixed(3)}`);
