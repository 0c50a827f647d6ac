/*
 * The nine functions of TensorFlow.js's `tf.losses`, argument for argument, right where those are wrong: gradients for
 * labels and weights, weights that align with the leading axes, 0 instead of NaN where all weights are 0, label
 * smoothing at every rank, a cosine distance of vectors of any length, a logarithmic loss without NaN.
 */

import { type Tensor, Reduction as TfReduction } from '@tensorflow/tfjs-core';
import type { Loss } from '../definition/definition.js';
import { real } from '../definition/domain.js';
import { fail, show } from '../definition/fail.js';
import { integer } from '../definition/kinds.js';
import type { Reduction } from '../definition/options.js';
import { own } from '../definition/own.js';
import type { TensorInput } from '../definition/tensorInput.js';
import { defineLoss } from '../loss/define.js';
import {
  binaryCrossentropy,
  categoricalCrossentropy,
  cosineDistance as cosineDistanceLoss,
  hinge,
  huber,
  meanAbsoluteError,
  meanSquaredError as squaredError,
} from '../losses/index.js';
import { tidied } from '../numerics/tidied.js';
import { expandDims } from '../tfjs/ops.js';

const reductionNames: Readonly<Record<TfReduction, Reduction>> = {
  [TfReduction.NONE]: 'none',
  [TfReduction.MEAN]: 'weightedMean',
  [TfReduction.SUM]: 'sum',
  [TfReduction.SUM_BY_NONZERO_WEIGHTS]: 'meanOverNonzeroWeights',
};

function nameOf(who: string, reduction: TfReduction): Reduction {
  const known = typeof reduction === 'number' ? own(reductionNames, String(reduction)) : undefined;
  return known ?? fail(who, `reduction is ${show(reduction)}; expected one of tf.Reduction`);
}

type Weights = TensorInput | null | undefined;

const byNonzeroWeights = TfReduction.SUM_BY_NONZERO_WEIGHTS;

function weighted<O extends object>(
  loss: Loss<O>,
  labels: TensorInput,
  predictions: TensorInput,
  options: Partial<O>,
  weights: Weights,
  reduction: TfReduction,
): Tensor {
  const common = { weights: weights ?? null, reduction: nameOf(loss.name, reduction) };
  return loss(labels, predictions, { ...options, ...common });
}

/**
 * |prediction − label|.
 *
 * @throws if the shapes differ or weights do not fit.
 * @see TensorFlow.js `tf.losses.absoluteDifference`.
 * @example losses.absoluteDifference([0, 1], [0.5, 3]) // 1.25
 */
export function absoluteDifference(
  labels: TensorInput,
  predictions: TensorInput,
  weights?: Weights,
  reduction: TfReduction = byNonzeroWeights,
): Tensor {
  return weighted(meanAbsoluteError, labels, predictions, {}, weights, reduction);
}

const unreduced = /* @__PURE__ */ defineLoss<object, 'losses', readonly [losses: TensorInput]>({
  name: 'computeWeightedLoss',
  signature: '(...)->(...)',
  inputs: ['losses'],
  domains: () => [real],
  options: {},
  formula: ({ losses }) => losses,
});

const weightedLoss = (weights: Weights, reduction: TfReduction): typeof unreduced =>
  unreduced.with({ weights: weights ?? null, reduction: nameOf('computeWeightedLoss', reduction) });

/**
 * Values times weights, reduced.
 *
 * @throws if the shapes differ or weights do not fit.
 * @see TensorFlow.js `tf.losses.computeWeightedLoss`.
 * @example losses.computeWeightedLoss([1, 3], [1, 0]) // 1
 */
export function computeWeightedLoss(
  values: TensorInput,
  weights?: Weights,
  reduction: TfReduction = byNonzeroWeights,
): Tensor {
  return weightedLoss(weights, reduction)(values);
}

/**
 * 1 − cos of the angle between vectors along `axis`, whatever their lengths; that axis stays, with size 1.
 *
 * @throws if the shapes differ or weights do not fit.
 * @see TensorFlow.js `tf.losses.cosineDistance`.
 * @example losses.cosineDistance([[3, 4]], [[3, 4]], 1) // 0
 */
export function cosineDistance(
  labels: TensorInput,
  predictions: TensorInput,
  axis = -1,
  weights?: Weights,
  reduction: TfReduction = byNonzeroWeights,
): Tensor {
  if (!integer.accepts(axis)) fail('cosineDistance', `axis is ${show(axis)}; expected ${integer.expected}`);
  const reduced = weightedLoss(weights, reduction);
  return tidied(() => {
    const distances = cosineDistanceLoss(labels, predictions, { axis, reduction: 'none' });
    return reduced(expandDims(distances, axis));
  });
}

/**
 * max(0, 1 − y·x) for labels of 0 and 1, which stand for y of −1 and 1.
 *
 * @throws if the shapes differ or weights do not fit.
 * @see TensorFlow.js `tf.losses.hingeLoss`.
 * @example losses.hingeLoss([1, 0], [0.25, 0.5]) // 1.125
 */
export function hingeLoss(
  labels: TensorInput,
  predictions: TensorInput,
  weights?: Weights,
  reduction: TfReduction = byNonzeroWeights,
): Tensor {
  return weighted(hinge, labels, predictions, { labels: 'binary' }, weights, reduction);
}

/**
 * ½e² for errors up to `delta`, δ·(e − ½δ) beyond.
 *
 * @throws if the shapes differ or weights do not fit.
 * @see TensorFlow.js `tf.losses.huberLoss`.
 * @example losses.huberLoss([0, 0], [0.5, 2]) // 0.8125
 */
export function huberLoss(
  labels: TensorInput,
  predictions: TensorInput,
  weights?: Weights,
  delta = 1,
  reduction: TfReduction = byNonzeroWeights,
): Tensor {
  return weighted(huber, labels, predictions, { delta }, weights, reduction);
}

/**
 * −y·ln p − (1 − y)·ln(1 − p), the logarithms bounded at `epsilon`. In nats.
 *
 * @throws if the shapes differ or weights do not fit.
 * @see TensorFlow.js `tf.losses.logLoss`.
 * @example losses.logLoss([1, 0], [0.5, 0.5]) // 0.6931
 */
export function logLoss(
  labels: TensorInput,
  predictions: TensorInput,
  weights?: Weights,
  epsilon = 1e-7,
  reduction: TfReduction = byNonzeroWeights,
): Tensor {
  return weighted(binaryCrossentropy, labels, predictions, { epsilon }, weights, reduction);
}

/**
 * (prediction − label)².
 *
 * @throws if the shapes differ or weights do not fit.
 * @see TensorFlow.js `tf.losses.meanSquaredError`.
 * @example losses.meanSquaredError([0, 1], [0.5, 3]) // 2.125
 */
export function meanSquaredError(
  labels: TensorInput,
  predictions: TensorInput,
  weights?: Weights,
  reduction: TfReduction = byNonzeroWeights,
): Tensor {
  return weighted(squaredError, labels, predictions, {}, weights, reduction);
}

/**
 * Binary cross-entropy of labels and logits, labels drawn towards ½ by `labelSmoothing`. In nats.
 *
 * @throws if the shapes differ or weights do not fit.
 * @see TensorFlow.js `tf.losses.sigmoidCrossEntropy`.
 * @example losses.sigmoidCrossEntropy([1, 0], [0, 1]) // 1.0032
 */
export function sigmoidCrossEntropy(
  labels: TensorInput,
  logits: TensorInput,
  weights?: Weights,
  labelSmoothing = 0,
  reduction: TfReduction = byNonzeroWeights,
): Tensor {
  return weighted(binaryCrossentropy, labels, logits, { fromLogits: true, labelSmoothing }, weights, reduction);
}

/**
 * Cross-entropy of label probabilities and logits over the last axis, labels smoothed over all classes. In nats.
 *
 * @throws if the shapes differ or weights do not fit.
 * @see TensorFlow.js `tf.losses.softmaxCrossEntropy`.
 * @example losses.softmaxCrossEntropy([[1, 0]], [[2, 1]]) // 0.3133
 */
export function softmaxCrossEntropy(
  labels: TensorInput,
  logits: TensorInput,
  weights?: Weights,
  labelSmoothing = 0,
  reduction: TfReduction = byNonzeroWeights,
): Tensor {
  return weighted(categoricalCrossentropy, labels, logits, { fromLogits: true, labelSmoothing }, weights, reduction);
}
