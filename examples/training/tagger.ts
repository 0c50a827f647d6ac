// A tagger with a conditional random field: words have scores for each tag, and tags for what comes after them.

import * as tf from '@tensorflow/tfjs';
import { crf, crfDecode } from '../../src/index.js';
import { type Course, descent, kernel, times } from './common/steps.js';

/** "can" and "fish" are nouns or verbs: it depends on what stands before them. */
const sentences = ['the can rusts', 'dogs can fish', 'the fish swims', 'dogs fish', 'the dogs fish', 'the can'];
const tagged = ['DNV', 'NVV', 'DNV', 'NV', 'DNV', 'DN'];

const words = sentences.map((sentence) => sentence.split(' '));
const vocabulary = [...new Set(words.flat())];
const padded = (rows: number[][], padding: number): number[][] => rows.map((row) => times(3, (i) => row[i] ?? padding));

/** Indices of words and of tags. A tag of −1 is padding, and its word may be any. */
export const inputs = padded(
  words.map((row) => row.map((word) => vocabulary.indexOf(word))),
  0,
);
export const tags = padded(
  tagged.map((row) => row.split('').map((tag) => 'DNV'.indexOf(tag))),
  -1,
);

/** Scores of a word's tags, and of going from the tag of a row to that of a column. */
export const weights = { words: kernel([vocabulary.length, 3], 1), transitions: kernel([3, 3], 2) };

const emissions = (): tf.Tensor => tf.gather(weights.words, tf.tensor2d(inputs, [words.length, 3], 'int32'));

/** Of all ways to tag a sentence, the right one is to be probable. */
export const loss = (): tf.Tensor => crf(tags, emissions(), weights.transitions, { reduction: 'mean' });

export function train(steps = 100): Course {
  const step = descent(weights, 0.1);
  return { loss: times(steps, () => step(loss)) };
}

/** The most probable tags of each sentence, by the Viterbi algorithm. */
export function decoded(): number[][] {
  const lengths = words.map((row) => row.length);
  return tf.tidy(() => crfDecode(emissions(), weights.transitions, { lengths }).arraySync());
}
