// overlaps.mjs: one mask, one prediction, and what each overlap loss says
import * as tf from '@tensorflow/tfjs';
import { dice, jaccard, lovaszSoftmax, tversky } from 'tfjs-losses';

const mask = tf.tensor2d([[0, 0, 1, 1, 1, 0]]); // one picture of six pixels
const probabilities = tf.tensor3d([0.1, 0.4, 0.9, 0.8, 0.3, 0.2], [1, 6, 1]); // of one class
const show = (name, value) => console.log(name.padEnd(34), value.dataSync()[0].toFixed(4));

show('dice', dice(mask, probabilities));
show('jaccard', jaccard(mask, probabilities));
show('tversky, misses cost more', tversky(mask, probabilities, { alpha: 0.3, beta: 0.7 }));
show('tversky, false alarms cost more', tversky(mask, probabilities, { alpha: 0.7, beta: 0.3 }));
show('focal Tversky', tversky(mask, probabilities, { alpha: 0.3, beta: 0.7, gamma: 0.75 }));
show('Lovász', lovaszSoftmax(mask, probabilities));
show('dice from logits', dice(mask, tf.log(probabilities.div(tf.sub(1, probabilities))), { fromLogits: true }));

// Pixels that do not count: by their label, by a mask, or by a weight of 0.
const labels = tf.tensor2d([[0, 255, 1, 1, 1, 0]]); // 255: the border of the object
show('dice, pixel ignored by its label', dice(labels, probabilities, { ignoreIndex: 255 }));
show('the same by a mask', dice(mask, probabilities, { mask: [[true, false, true, true, true, true]] }));
show('the same by weights', dice(mask, probabilities, { weights: [[1, 0, 1, 1, 1, 1]] }));

// Class indices [batch, height, width] and scores [batch, height, width, classes].
const classes = tf.tensor3d([0, 0, 1, 2, 1, 1, 2, 2], [2, 2, 2], 'int32');
const scores = tf.randomNormal([2, 2, 2, 3], 0, 1, 'float32', 3);
show('three classes', dice.mean(classes, scores, { fromLogits: true }));
show('over the whole batch', dice(classes, scores, { fromLogits: true, axis: 'batch' }));
show('without the background', dice.mean(classes, scores, { fromLogits: true, classes: [1, 2] }));
const channelsFirst = tf.transpose(scores, [0, 3, 1, 2]); // [batch, classes, height, width]
show('channels first', dice.mean(classes, channelsFirst, { fromLogits: true, classAxis: 1 }));
