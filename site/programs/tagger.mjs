// tagger.mjs: a label for each word of sentences of different length
import * as tf from '@tensorflow/tfjs';
import { sparseCategoricalCrossentropy } from 'tfjs-losses';
import { compile } from 'tfjs-losses/layers';

// Words 1 to 9; the label of a word is 1 if the word before it was greater. 0 fills up the rest of a row.
const sentences = [[5, 3, 8], [2, 9, 4, 1], [7, 7], [1, 2, 3, 4], [9, 1], [4, 6, 5, 8], [3], [8, 2, 6]];
const fill = (row) => [...row, 0, 0, 0, 0].slice(0, 4);
const words = tf.tensor2d(sentences.map(fill));
const labels = tf.tensor2d(sentences.map((row) => fill(row.map((word, i) => Number(row[i - 1] > word)))));

const init = (seed) => tf.initializers.glorotUniform({ seed });
const model = tf.sequential({
  layers: [
    tf.layers.embedding({ inputDim: 10, outputDim: 6, maskZero: true, inputLength: 4, embeddingsInitializer: init(1) }),
    tf.layers.simpleRNN({
      units: 12,
      returnSequences: true,
      kernelInitializer: init(2),
      recurrentInitializer: init(3),
    }),
    tf.layers.dense({ units: 2, kernelInitializer: init(4) }),
  ],
});
const loss = sparseCategoricalCrossentropy.with({ fromLogits: true });
compile(model, { optimizer: tf.train.adam(0.03), loss, metrics: ['accuracy'] }); // padding counts in neither

const { history } = await model.fit(words, labels, { epochs: 60, shuffle: false, verbose: 0 });
console.log(`loss ${history.loss[0].toFixed(2)} → ${history.loss.at(-1).toFixed(2)}`);
console.log(`accuracy over the ${sentences.flat().length} words: ${history.acc.at(-1).toFixed(2)}`);
