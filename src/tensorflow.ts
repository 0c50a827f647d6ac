/*
 * The names by which TensorFlow's tutorials call these computations: those of `tf.nn`, and the nine functions of
 * `tf.losses` of TensorFlow.js with their positional arguments. The mathematics is that of this package's losses.
 */
import { expandDims, mul, Reduction as TfReduction, square, sum, tidy, type Scalar, type Tensor } from '@tensorflow/tfjs-core';
import { defineLoss, type Loss, type LossOptions } from './core/define.js';
import { clip } from './core/numerics.js';
import type { Reduction, TensorInput } from './core/options.js';
import {
  binaryCrossentropy,
  categoricalCrossentropy,
  cosineDistance as cosineDistanceLoss,
  hinge,
  huber,
  meanAbsoluteError,
  meanSquaredError as squaredError,
  sparseCategoricalCrossentropy,
} from './losses/index.js';

/**
 * Every x below `min` becomes `min`, every x above `max` becomes `max`; NaN stays NaN. The derivative is 1 from `min`
 * to `max` and 0 elsewhere.
 *
 * @see TensorFlow `tf.clip_by_value`.
 * @example clipByValue([[1, 2, 3], [4, 5, 6]], 2.5, 4.5) // [[2.5, 2.5, 3], [4, 4.5, 4.5]]
 */
export function clipByValue(x: TensorInput, min: number, max: number): Tensor {
  return tidy(() => clip(mul(x, 1), min, max));
}

/**
 * Cross-entropy of label probabilities and logits, in nats: one value per position left when `axis` is removed.
 *
 * @throws if the shapes differ.
 * @see TensorFlow `tf.nn.softmax_cross_entropy_with_logits`.
 * @example softmaxCrossEntropyWithLogits([[1, 0]], [[2, 1]]) // [0.3133]
 */
export function softmaxCrossEntropyWithLogits(labels: TensorInput, logits: TensorInput, axis = -1): Tensor {
  return categoricalCrossentropy(labels, logits, { fromLogits: true, axis, reduction: 'none' });
}

/**
 * Cross-entropy of class indices and logits `(...,C)`, in nats: one value per label.
 *
 * @throws if the shapes do not fit or a label is no class index.
 * @see TensorFlow `tf.nn.sparse_softmax_cross_entropy_with_logits`.
 * @example sparseSoftmaxCrossEntropyWithLogits([0], [[2, 1]]) // [0.3133]
 */
export function sparseSoftmaxCrossEntropyWithLogits(labels: TensorInput, logits: TensorInput): Tensor {
  return sparseCategoricalCrossentropy(labels, logits, { fromLogits: true, reduction: 'none' });
}

/**
 * Binary cross-entropy of labels and logits, in nats, element by element.
 *
 * @throws if the shapes differ.
 * @see TensorFlow `tf.nn.sigmoid_cross_entropy_with_logits`.
 * @example sigmoidCrossEntropyWithLogits([1, 0], [0, 1]) // [0.6931, 1.3133]
 */
export function sigmoidCrossEntropyWithLogits(labels: TensorInput, logits: TensorInput): Tensor {
  return binaryCrossentropy(labels, logits, { fromLogits: true, reduction: 'none' });
}

/**
 * Binary cross-entropy in which positive labels count `posWeight` times, in nats, element by element.
 *
 * @throws if the shapes differ or a weight is negative.
 * @see TensorFlow `tf.nn.weighted_cross_entropy_with_logits`.
 * @example weightedCrossEntropyWithLogits([1, 0], [0, 1], 2) // [1.3863, 1.3133]
 */
export function weightedCrossEntropyWithLogits(labels: TensorInput, logits: TensorInput, posWeight: TensorInput): Tensor {
  return binaryCrossentropy(labels, logits, { fromLogits: true, posWeight, reduction: 'none' });
}

/**
 * Half the sum of squares, Σ t² ÷ 2: the penalty on weights.
 *
 * @see TensorFlow `tf.nn.l2_loss`.
 * @example l2Loss([1, 2]) // 2.5
 */
export function l2Loss(t: TensorInput): Scalar {
  return tidy(() => mul(0.5, sum(square(mul(t, 1)))));
}

const reductionNames: { readonly [R in TfReduction]: Reduction } = {
  [TfReduction.NONE]: 'none',
  [TfReduction.MEAN]: 'weightedMean',
  [TfReduction.SUM]: 'sum',
  [TfReduction.SUM_BY_NONZERO_WEIGHTS]: 'meanOverNonzeroWeights',
};

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
  const common = { weights: weights ?? null, reduction: reductionNames[reduction] };
  return loss(labels, predictions, { ...options, ...common } as LossOptions<O>);
}

function absoluteDifference(labels: TensorInput, predictions: TensorInput, weights?: Weights, reduction = byNonzeroWeights): Tensor {
  return weighted(meanAbsoluteError, labels, predictions, {}, weights, reduction);
}

const unreduced = /* @__PURE__ */ defineLoss<object, 'losses', readonly [losses: TensorInput]>({
  name: 'computeWeightedLoss',
  signature: '(...)->(...)',
  inputs: ['losses'],
  domains: () => ['real'],
  options: {},
  formula: ({ losses }) => losses,
});

function computeWeightedLoss(values: TensorInput, weights?: Weights, reduction = byNonzeroWeights): Tensor {
  return unreduced(values, { weights: weights ?? null, reduction: reductionNames[reduction] });
}

function cosineDistance(labels: TensorInput, predictions: TensorInput, axis: number, weights?: Weights, reduction = byNonzeroWeights): Tensor {
  return tidy(() => {
    const distances = cosineDistanceLoss(labels, predictions, { axis, reduction: 'none' });
    return computeWeightedLoss(expandDims(distances, axis), weights, reduction);
  });
}

function hingeLoss(labels: TensorInput, predictions: TensorInput, weights?: Weights, reduction = byNonzeroWeights): Tensor {
  return weighted(hinge, labels, predictions, { labels: 'binary' }, weights, reduction);
}

function huberLoss(labels: TensorInput, predictions: TensorInput, weights?: Weights, delta = 1, reduction = byNonzeroWeights): Tensor {
  return weighted(huber, labels, predictions, { delta }, weights, reduction);
}

function logLoss(labels: TensorInput, predictions: TensorInput, weights?: Weights, epsilon = 1e-7, reduction = byNonzeroWeights): Tensor {
  return weighted(binaryCrossentropy, labels, predictions, { epsilon }, weights, reduction);
}

function meanSquaredError(labels: TensorInput, predictions: TensorInput, weights?: Weights, reduction = byNonzeroWeights): Tensor {
  return weighted(squaredError, labels, predictions, {}, weights, reduction);
}

function sigmoidCrossEntropy(
  labels: TensorInput,
  logits: TensorInput,
  weights?: Weights,
  labelSmoothing = 0,
  reduction = byNonzeroWeights,
): Tensor {
  return weighted(binaryCrossentropy, labels, logits, { fromLogits: true, labelSmoothing }, weights, reduction);
}

function softmaxCrossEntropy(
  labels: TensorInput,
  logits: TensorInput,
  weights?: Weights,
  labelSmoothing = 0,
  reduction = byNonzeroWeights,
): Tensor {
  return weighted(categoricalCrossentropy, labels, logits, { fromLogits: true, labelSmoothing }, weights, reduction);
}

/**
 * The nine functions of `tf.losses`, argument for argument, right where those are wrong: gradients for labels and
 * weights, weights that align with the leading axes, 0 instead of NaN where all weights are 0, label smoothing at
 * every rank, a cosine distance of vectors of any length, a logarithmic loss without NaN.
 *
 * @see TensorFlow.js `tf.losses`; `Reduction` is `tf.Reduction`.
 */
export const losses = {
  absoluteDifference,
  computeWeightedLoss,
  cosineDistance,
  hingeLoss,
  huberLoss,
  logLoss,
  meanSquaredError,
  sigmoidCrossEntropy,
  softmaxCrossEntropy,
};
