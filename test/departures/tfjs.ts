import * as tf from '@tensorflow/tfjs';
import { losses } from '../../src/tensorflow/index.js';

export type Mirrored = typeof losses;

/** A call on which this package departs from TensorFlow.js's `tf.losses`, and what both give. */
export interface TfjsDeparture {
  readonly name: keyof Mirrored;
  readonly call: string;
  readonly reason: string;
  readonly compute: (from: Mirrored) => tf.Tensor;
  readonly ours: readonly number[];
  /** Numbers, or the error it throws. */
  readonly theirs: readonly number[] | RegExp;
}

/** tf.losses, typed as ours: it takes less. */
export const theirLosses = tf.losses as unknown as Mirrored;

const labels = [0.2, 0.3, 0.5];
const logits = [1, 2, 0.5];
const total = logits.reduce((sum, x) => sum + Math.exp(x), 0);
const p = logits.map((x) => Math.exp(x) / total);

export const tfjsDepartures: readonly TfjsDeparture[] = [
  {
    name: 'softmaxCrossEntropy',
    call: 'gradient of softmaxCrossEntropy for labels [0.2, 0.3, 0.5], logits [1, 2, 0.5]',
    reason: 'the derivative for labels is −ln p; tf.losses has y − p',
    compute: (from) => tf.grad((y) => from.softmaxCrossEntropy(y, tf.tensor2d([logits])).sum())(tf.tensor2d([labels])),
    ours: p.map((x) => -Math.log(x)),
    theirs: p.map((x, i) => (labels[i] as number) - x),
  },
  {
    name: 'softmaxCrossEntropy',
    call: 'gradient of softmaxCrossEntropy for logits [1, 2, 0.5], labels [2, 0, 0]',
    reason: 'tf.losses takes for granted that labels sum to 1',
    compute: (from) =>
      tf.grad((x) => from.softmaxCrossEntropy(tf.tensor2d([[2, 0, 0]]), x).sum())(tf.tensor2d([logits])),
    ours: p.map((x, i) => 2 * x - (i === 0 ? 2 : 0)),
    theirs: p.map((x, i) => x - (i === 0 ? 2 : 0)),
  },
  {
    name: 'softmaxCrossEntropy',
    call: 'softmaxCrossEntropy(one-hot [1, 2, 4], zeros, undefined, 0.4)',
    reason: 'label smoothing counts the classes; tf.losses counts the second axis, whatever it is',
    compute: (from) => from.softmaxCrossEntropy(tf.oneHot([[0, 1]], 4), tf.zeros([1, 2, 4]), undefined, 0.4),
    ours: [Math.log(4)],
    theirs: [1.4 * Math.log(4)],
  },
  {
    name: 'logLoss',
    call: 'logLoss([1, 0], [-0.5, 1.5])',
    reason:
      'outside 0 to 1 a prediction costs what the bound costs, and is drawn back; the logarithm of tf.losses is NaN',
    compute: (from) => from.logLoss([1, 0], [-0.5, 1.5]),
    ours: [-Math.log(1e-7)],
    theirs: [NaN],
  },
  {
    name: 'cosineDistance',
    call: 'cosineDistance([[3, 4]], [[3, 4]], 1)',
    reason: 'vectors may have any length; tf.losses takes for granted that it is 1',
    compute: (from) => from.cosineDistance(tf.tensor2d([[3, 4]]), tf.tensor2d([[3, 4]]), 1),
    ours: [0],
    theirs: [-24],
  },
  {
    name: 'computeWeightedLoss',
    call: 'computeWeightedLoss(ones [2, 2], weights [1, 2], Reduction.NONE)',
    reason: 'weights weigh examples; in tf.losses the classes, if there are as many',
    compute: (from) => from.computeWeightedLoss(tf.ones([2, 2]), tf.tensor1d([1, 2]), tf.Reduction.NONE),
    ours: [1, 1, 2, 2],
    theirs: [1, 2, 1, 2],
  },
  {
    name: 'computeWeightedLoss',
    call: 'gradient of computeWeightedLoss([1, 3], weights [1, 1]) for the weights',
    reason: 'weights have a gradient',
    compute: (from) => tf.grad((w) => from.computeWeightedLoss(tf.tensor1d([1, 3]), w))(tf.tensor1d([1, 1])),
    ours: [0.5, 1.5],
    theirs: /gradient function not found for NotEqual/,
  },
  {
    name: 'logLoss',
    call: 'logLoss([1], [1.000001])',
    reason: 'a probability that rounds to a little above 1 is no NaN',
    compute: (from) => from.logLoss(tf.tensor1d([1]), tf.tensor1d([1.000001])),
    ours: [0],
    theirs: [NaN],
  },
  {
    name: 'meanSquaredError',
    call: 'meanSquaredError([1], [3], weights [0])',
    reason: 'where all weights are 0 the loss is 0, and so for all of tf.losses',
    compute: (from) => from.meanSquaredError(tf.tensor1d([1]), tf.tensor1d([3]), tf.tensor1d([0])),
    ours: [0],
    theirs: [NaN],
  },
];
