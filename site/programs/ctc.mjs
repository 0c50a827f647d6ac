// ctc.mjs: labels without times, such as letters of a recording
import * as tf from '@tensorflow/tfjs';
import { ctc } from 'tfjs-losses';

const labels = tf.tensor2d(
  [
    [1, 2],
    [2, -1],
  ],
  [2, 2],
  'int32',
); // 'ab' and 'b'; 0 is the blank, -1 fills up
const logits = tf.variable(tf.randomNormal([2, 6, 3], 0, 1, 'float32', 1)); // two recordings, six moments, three classes
const optimizer = tf.train.adam(0.3);

console.log(`before ${ctc.mean(labels, logits).dataSync()[0].toFixed(3)}`);
for (let step = 0; step < 60; step++) {
  optimizer.minimize(() => ctc.mean(labels, logits, { logitLengths: [6, 4] })); // the second has only four moments
}
console.log(
  `after  ${ctc
    .mean(labels, logits, { logitLengths: [6, 4] })
    .dataSync()[0]
    .toFixed(3)}`,
);

// The best class of each moment: repeats are merged, then blanks ('-') are dropped.
const best = tf.argMax(logits, -1).arraySync();
[6, 4].forEach((length, i) => {
  const path = best[i].slice(0, length);
  const text = path
    .filter((c, t) => c !== 0 && c !== path[t - 1])
    .map((c) => '-ab'[c])
    .join('');
  console.log(`${path.map((c) => '-ab'[c]).join('')} reads ${text}`);
});

// Three equal letters in a row want five moments: a blank stands between two of them.
const impossible = ctc([[1, 1, 1]], tf.zeros([1, 4, 3]));
console.log(`does not fit: ${impossible.dataSync()[0]}`);
