// sequences.mjs: three ways to leave padding out of a loss over tokens
import * as tf from '@tensorflow/tfjs';
import { sparseCategoricalCrossentropy } from 'tfjs-losses';

const PAD = -1;
const labels = tf.tensor2d(
  [
    [2, 0, 1],
    [1, PAD, PAD],
  ],
  [2, 3],
  'int32',
); // the second sentence has one word
const logits = tf.tensor3d([0, 0, 2, 1, 0, 0, 0, 1, 0, 0, 3, 0, 9, 9, 9, 9, 9, 9], [2, 3, 3]); // [batch, time, classes]
const loss = sparseCategoricalCrossentropy.with({ fromLogits: true, ignoreIndex: PAD });

const rounded = (value) => value.dataSync().reduce((text, x) => `${text} ${x.toFixed(4)}`, '');
console.log(`one value per token:${rounded(loss(labels, logits, { reduction: 'none' }))}`);

console.log(`one value per sentence, the mean over its words:${rounded(loss(labels, logits))}`);

console.log(`one number, over the 4 words of the batch: ${loss.mean(labels, logits).dataSync()[0].toFixed(4)}`);

const mask = tf.tensor2d(
  [
    [true, true, true],
    [true, false, false],
  ],
  [2, 3],
  'bool',
);
const padded = tf.maximum(labels, 0); // padding has some class, the mask says what counts
const byMask = sparseCategoricalCrossentropy.mean(padded, logits, { fromLogits: true, mask });
console.log(`the same by a mask: ${byMask.dataSync()[0].toFixed(4)}`);

// A weight of 0 silences a token, but the mean still counts it; the weighted mean does not.
const weights = tf.cast(mask, 'float32');
for (const reduction of ['mean', 'weightedMean']) {
  const byWeights = sparseCategoricalCrossentropy(padded, logits, { fromLogits: true, weights, reduction });
  console.log(`by weights of 0, ${reduction}: ${byWeights.dataSync()[0].toFixed(4)}`);
}

// Weights of [batch] weigh sentences, those of [batch, time] words.
console.log(
  `first sentence twice: ${loss
    .mean(labels, logits, { weights: [2, 1] })
    .dataSync()[0]
    .toFixed(4)}`,
);
