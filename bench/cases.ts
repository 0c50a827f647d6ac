import * as tf from '@tensorflow/tfjs';
import {
  binaryCrossentropy,
  binaryFocalCrossentropy,
  categoricalCrossentropy,
  ctc,
  dice,
  huber,
  klDivergence,
  linearCrossentropy,
  meanSquaredError,
  sparseCategoricalCrossentropy,
} from '../src/index.js';
import * as layers from './layersLosses.js';
import { coinFlips, distributions, integers, normal, oneHot } from './data.js';
import { fitCase } from './fit.js';
import { lossCase, type Inputs } from './lossCase.js';
import type { Case } from './case.js';

/** What each case is called; the targets go by it too. */
export const names = {
  sparse: (rows: number, classes: number): string => `sparse softmax CE [${rows},${classes}]`,
  dense: (rows: number, classes: number): string => `dense softmax CE [${rows},${classes}]`,
  sigmoid: 'sigmoid CE 1e6',
  focal: 'focal 1e6',
  meanSquaredError: 'mean squared error 1e6',
  huber: 'Huber 1e6',
  annealed: 'Huber [256,300], another delta at each step',
  divergence: 'KL divergence [256,1000]',
  dice: 'dice [8,128,128,4]',
  ctc: 'CTC [16,100,32]',
  linear: 'linear CE N512 V32000 D64',
  fit: (classes: number): string => `fit epoch ${classes} classes`,
};

export const softmaxSizes = [
  [1024, 10],
  [256, 1000],
  [64, 50257],
  [32, 128256],
] as const;

/** −Σ y·ln p over the classes, of probabilities, as one would write it down. */
const composedCrossentropy = (y: tf.Tensor, p: tf.Tensor): tf.Tensor =>
  tf.mean(tf.neg(tf.sum(tf.mul(y, tf.log(p)), -1)));

const fromLogits = { fromLogits: true };
const million = [1000, 1000];

// Logarithms of probabilities that were rounded first lose digits, and so do means by tfjs of a million numbers.
const rounded = 1e-3;

/** Of dense labels, which those who need them find ready made; that is in their favour where ours takes indices. */
const fromDense = {
  tfLosses: { value: ({ dense, logits }: Inputs<'dense' | 'logits'>) => tf.losses.softmaxCrossEntropy(dense, logits) },
  composed: {
    value: ({ dense, logits }: Inputs<'dense' | 'logits'>) => composedCrossentropy(dense, tf.softmax(logits)),
    tolerance: rounded,
  },
};

const sparse = ([rows, classes]: readonly [number, number]): Case =>
  lossCase({
    ...fromDense,
    name: names.sparse(rows, classes),
    gradientOf: ['logits'],
    inputs: () => {
      const labels = integers([rows], 0, classes, 1);
      return { labels, logits: normal([rows, classes], 2), dense: oneHot(labels, classes) };
    },
    ours: { loss: sparseCategoricalCrossentropy, of: ['labels', 'logits'], options: fromLogits },
    layers: {
      // Its own `fromLogits` bounds the logits to (0, 1) and so computes something else.
      value: ({ labels, logits }) =>
        tf.mean(layers.sparseCategoricalCrossentropy(tf.cast(labels, 'float32'), tf.softmax(logits))),
      tolerance: rounded,
    },
  });

const dense = ([rows, classes]: readonly [number, number]): Case =>
  lossCase({
    ...fromDense,
    name: names.dense(rows, classes),
    gradientOf: ['logits'],
    inputs: () => ({ dense: distributions([rows, classes], 1), logits: normal([rows, classes], 2) }),
    ours: { loss: categoricalCrossentropy, of: ['dense', 'logits'], options: fromLogits },
    layers: {
      value: ({ dense, logits }) => tf.mean(layers.categoricalCrossentropy(dense, logits, true)),
      tolerance: rounded,
    },
  });

const composedFocal = ({ labels, logits }: Inputs<'labels' | 'logits'>): tf.Tensor => {
  const p = tf.sigmoid(logits);
  const ofLabel = tf.add(tf.mul(labels, p), tf.mul(tf.sub(1, labels), tf.sub(1, p)));
  return tf.mean(tf.neg(tf.mul(tf.square(tf.sub(1, ofLabel)), tf.log(ofLabel))));
};

const composedHuber = ({ labels, predictions }: Inputs<'labels' | 'predictions'>): tf.Tensor => {
  const error = tf.abs(tf.sub(predictions, labels));
  const quadratic = tf.minimum(error, 1);
  return tf.mean(tf.add(tf.mul(0.5, tf.square(quadratic)), tf.sub(error, quadratic)));
};

const composedDice = ({ labels, predictions }: Inputs<'labels' | 'predictions'>): tf.Tensor => {
  const overSpace = (x: tf.Tensor): tf.Tensor => tf.sum(x, [1, 2]);
  const smooth = 1e-5;
  const overlap = tf.add(overSpace(tf.mul(labels, predictions)), smooth);
  const sizes = tf.add(tf.mul(0.5, tf.add(overSpace(labels), overSpace(predictions))), smooth);
  return tf.mean(tf.sub(1, tf.div(overlap, sizes)));
};

const coinsAndLogits = {
  gradientOf: ['logits'],
  inputs: () => ({ labels: coinFlips(million, 1), logits: normal(million, 2) }),
} as const;

const numbers = {
  gradientOf: ['predictions'],
  inputs: () => ({ labels: normal(million, 1), predictions: normal(million, 2) }),
} as const;

let steps = 0;

/** Close to 1, and never the same: results are those of 1. */
const nextDelta = (): number => 1 + 1e-9 * ++steps;

/** Everything that is timed: a new entry is a new row of every table. */
export const cases: readonly Case[] = [
  ...softmaxSizes.map(sparse),
  ...softmaxSizes.map(dense),
  lossCase({
    name: names.sigmoid,
    ...coinsAndLogits,
    ours: { loss: binaryCrossentropy, of: ['labels', 'logits'], options: fromLogits },
    tfLosses: { value: ({ labels, logits }) => tf.losses.sigmoidCrossEntropy(labels, logits) },
    layers: { value: ({ labels, logits }) => tf.mean(layers.sigmoidCrossEntropyWithLogits(labels, logits)) },
    composed: {
      value: ({ labels, logits }) => {
        const p = tf.sigmoid(logits);
        const ofOne = tf.mul(labels, tf.log(p));
        return tf.mean(tf.neg(tf.add(ofOne, tf.mul(tf.sub(1, labels), tf.log(tf.sub(1, p))))));
      },
      tolerance: rounded,
    },
  }),
  lossCase({
    name: names.focal,
    ...coinsAndLogits,
    ours: { loss: binaryFocalCrossentropy, of: ['labels', 'logits'], options: fromLogits },
    composed: { value: composedFocal, tolerance: rounded },
  }),
  lossCase({
    name: names.meanSquaredError,
    ...numbers,
    ours: { loss: meanSquaredError, of: ['labels', 'predictions'] },
    tfLosses: {
      value: ({ labels, predictions }) => tf.losses.meanSquaredError(labels, predictions),
      tolerance: rounded,
    },
    layers: {
      value: ({ labels, predictions }) => tf.mean(layers.meanSquaredError(labels, predictions)),
      tolerance: rounded,
    },
    composed: {
      value: ({ labels, predictions }) => tf.mean(tf.square(tf.sub(labels, predictions))),
      tolerance: rounded,
    },
  }),
  lossCase({
    name: names.huber,
    ...numbers,
    ours: { loss: huber, of: ['labels', 'predictions'] },
    tfLosses: { value: ({ labels, predictions }) => tf.losses.huberLoss(labels, predictions), tolerance: rounded },
    composed: { value: composedHuber, tolerance: rounded },
  }),
  lossCase({
    name: names.annealed,
    gradientOf: ['predictions'],
    inputs: () => ({ labels: normal([256, 300], 1), predictions: normal([256, 300], 2) }),
    ours: ({ labels, predictions }) => huber(labels, predictions, { delta: nextDelta(), reduction: 'mean' }),
    constant: { value: ({ labels, predictions }) => huber(labels, predictions, { delta: 1, reduction: 'mean' }) },
  }),
  lossCase({
    name: names.divergence,
    gradientOf: ['predictions'],
    inputs: () => ({ labels: distributions([256, 1000], 1), predictions: distributions([256, 1000], 2) }),
    ours: { loss: klDivergence, of: ['labels', 'predictions'] },
    layers: { value: ({ labels, predictions }) => tf.mean(layers.kullbackLeiblerDivergence(labels, predictions)) },
    composed: {
      value: ({ labels, predictions }) =>
        tf.mean(tf.sum(tf.mul(labels, tf.sub(tf.log(labels), tf.log(predictions))), -1)),
    },
  }),
  lossCase({
    name: names.dice,
    gradientOf: ['predictions'],
    inputs: () => ({
      labels: oneHot(integers([8, 128, 128], 0, 4, 1), 4),
      predictions: distributions([8, 128, 128, 4], 2),
    }),
    ours: { loss: dice, of: ['labels', 'predictions'] },
    composed: { value: composedDice },
  }),
  lossCase({
    name: names.ctc,
    gradientOf: ['logits'],
    // Labels from 1 on: 0 is the blank.
    inputs: () => ({ labels: integers([16, 20], 1, 32, 1), logits: normal([16, 100, 32], 2) }),
    // PyTorch's gradient is 2e-4 off what PyTorch has in float64; ours is 3e-5 off.
    ours: { loss: ctc, of: ['labels', 'logits'], peerTolerance: 5e-4 },
  }),
  lossCase({
    name: names.linear,
    gradientOf: ['hidden', 'weight'],
    inputs: () => {
      const labels = integers([512], 0, 32000, 1);
      return {
        labels,
        // Logits of a spread of 1.
        hidden: tf.mul(normal([512, 64], 2), 1 / 8),
        weight: normal([32000, 64], 3),
        dense: oneHot(labels, 32000),
      };
    },
    ours: { loss: linearCrossentropy, of: ['labels', 'hidden', 'weight'] },
    tfLosses: {
      value: ({ dense, hidden, weight }) =>
        tf.losses.softmaxCrossEntropy(dense, tf.matMul(hidden as tf.Tensor2D, weight as tf.Tensor2D, false, true)),
    },
    composed: {
      value: ({ dense, hidden, weight }) =>
        composedCrossentropy(dense, tf.softmax(tf.matMul(hidden as tf.Tensor2D, weight as tf.Tensor2D, false, true))),
      tolerance: rounded,
    },
  }),
  ...[10, 1000].map((classes) => fitCase(names.fit(classes), classes)),
];
