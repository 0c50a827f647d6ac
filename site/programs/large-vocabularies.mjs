// large-vocabularies.mjs: the loss of a language model without a tensor of logits
import * as tf from '@tensorflow/tfjs';
import { linearCrossentropy, sparseCategoricalCrossentropy } from 'tfjs-losses';

const [batch, time, features, words] = [4, 128, 16, 4000];
const hidden = tf.randomNormal([batch, time, features], 0, 1, 'float32', 1); // what the network gives for each token
const table = tf.randomNormal([words, features], 0, 0.1, 'float32', 2); // the embedding of each word
const tokens = tf.randomUniform([batch, time], 0, words, 'int32', 3);

// Each hidden state tells the next token: by hand, the two are cut to fit, and the logits are all there at once.
function withLogits(hidden, table) {
  const before = tf.slice(hidden, [0, 0, 0], [batch, time - 1, features]);
  const next = tf.slice(tokens, [0, 1], [batch, time - 1]);
  const logits = tf.matMul(before.reshape([-1, features]), table, false, true);
  return sparseCategoricalCrossentropy.mean(next.reshape([-1]), logits, { fromLogits: true });
}
const inPieces = (hidden, table) => linearCrossentropy.mean(tokens, hidden, table, { shift: 1 });

const inputs = 4 * (hidden.size + table.size + tokens.size); // bytes
const peaks = {};
for (const [name, loss] of Object.entries({ withLogits, inPieces })) {
  const { result, peakBytes } = await tf.profile(() =>
    tf.tidy(() => {
      const { value, grads } = tf.valueAndGrads(loss)([hidden, table]);
      return tf.stack([value, tf.norm(grads[0]), tf.norm(grads[1])]);
    }),
  );
  const [value, ofHidden, ofTable] = Array.from(result.dataSync(), (x) => x.toFixed(4));
  console.log(`${name.padEnd(10)} loss ${value}, gradients of size ${ofHidden} and ${ofTable}`);
  peaks[name] = peakBytes - inputs;
}
if (peaks.inPieces < peaks.withLogits / 20) console.log('in pieces it takes less than a twentieth of the memory');
