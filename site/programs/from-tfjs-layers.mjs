// from-tfjs-layers.mjs: the same model, compiled by tfjs and by this package
import * as tf from '@tensorflow/tfjs';
import { compile } from 'tfjs-losses/layers';

const init = (seed) => tf.initializers.glorotUniform({ seed });
const build = () =>
  tf.sequential({
    layers: [
      tf.layers.dense({ units: 8, activation: 'tanh', inputShape: [2], kernelInitializer: init(1) }),
      tf.layers.dense({ units: 3, activation: 'softmax', kernelInitializer: init(2) }),
    ],
  });
const x = tf.randomUniform([90, 2], -1, 1, 'float32', 3);
const labels = tf.add(tf.cast(x.sum(1).greater(-0.3), 'int32'), tf.cast(x.sum(1).greater(0.3), 'int32'));
const report = (name, { history }) =>
  console.log(`${name}: loss ${history.loss.at(-1).toFixed(3)}, accuracy ${history.acc.at(-1).toFixed(2)}`);

// Before: labels as one number per class.
const before = build();
before.compile({ optimizer: tf.train.adam(0.03), loss: 'categoricalCrossentropy', metrics: ['accuracy'] });
report('before', await before.fit(x, tf.oneHot(labels, 3), { epochs: 30, shuffle: false, verbose: 0 }));

// After: the model is the first argument, and labels are indices.
const after = build();
compile(after, { optimizer: tf.train.adam(0.03), loss: 'sparseCategoricalCrossentropy', metrics: ['accuracy'] });
report('after', await after.fit(x, labels, { epochs: 30, shuffle: false, verbose: 0 }));

// And what tfjs refuses: weights of examples.
const sampleWeight = tf.cast(x.sum(1).abs().greater(0.1), 'float32');
try {
  await before.fit(x, tf.oneHot(labels, 3), { epochs: 1, verbose: 0, sampleWeight });
} catch (error) {
  console.log(`tfjs: ${error.message}`);
}
report('with weights', await after.fit(x, labels, { epochs: 1, shuffle: false, verbose: 0, sampleWeight }));
