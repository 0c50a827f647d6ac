/*
 * The nine functions of TensorFlow.js's `tf.losses`, argument for argument, right where those are wrong: gradients for
 * labels and weights, weights that align with the leading axes, 0 instead of NaN where all weights are 0, label
 * smoothing at every rank, a cosine distance of vectors of any length, a logarithmic loss without NaN.
 */

import { type Tensor, type TensorLike, Reduction as TfReduction } from '@tensorflow/tfjs-core';
import { shapeOf } from '../definition/entries.js';
import type { Loss } from '../definition/definition.js';
import { real } from '../definition/domain.js';
import { fail, show } from '../definition/fail.js';
import { integer } from '../definition/kinds.js';
import type { Reduction } from '../definition/options.js';
import { ofTfReduction } from '../definition/tfReductions.js';
import type { TensorInput } from '../definition/tensorInput.js';
import { attached, defineLoss } from '../loss/define.js';
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
import { alignedWeights } from './alignedWeights.js';

function nameOf(who: string, reduction: TfReduction): Reduction {
  return ofTfReduction(reduction) ?? fail(who, `reduction is ${show(reduction)}; expected one of tf.Reduction`);
}

type Weights = TensorInput | null | undefined;

/** A function of `tf.losses` as tfjs types it; `Before` is what comes before the reduction. */
type OfTfLosses<Before extends readonly unknown[]> = <T extends Tensor, O extends Tensor>(
  labels: T | TensorLike,
  predictions: T | TensorLike,
  ...rest: [...before: Before, reduction?: TfReduction]
) => O;

// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- tfjs has both, and programs may name them
type OfValues = <T extends Tensor, O extends Tensor>(
  values: T | TensorLike,
  weights?: Weights,
  reduction?: TfReduction,
) => O;

const byNonzeroWeights = TfReduction.SUM_BY_NONZERO_WEIGHTS;
const byDefault = { reduction: ofTfReduction(byNonzeroWeights) };

/** How a function of `tf.losses` computes a loss. */
interface Form<O extends object> {
  /** Options that the function has always. */
  readonly fixed?: Partial<O>;
  /** The option whose number stands between weights and reduction. */
  readonly option?: keyof O;
  /** How many axes the values lack that predictions have. */
  readonly axesOfValue?: number;
}

/** A function of `tf.losses` by the loss that it computes. */
/* @__NO_SIDE_EFFECTS__ */
function ofLoss<O extends object>(
  name: string,
  loss: Loss<O>,
  { fixed = {}, option, axesOfValue = 0 }: Form<O> = {},
): unknown {
  const f = (labels: TensorInput, predictions: TensorInput, weights: Weights, ...rest: unknown[]): Tensor => {
    const [value, reduction = byNonzeroWeights] = option === undefined ? [undefined, ...rest] : rest;
    const reduced = nameOf(name, reduction as TfReduction);
    const shape = shapeOf(predictions);
    return tidied(() => {
      const aligned = alignedWeights(name, weights, shape.slice(0, shape.length - axesOfValue));
      return loss(labels, predictions, {
        ...fixed,
        ...(option !== undefined && { [option]: value }),
        ...aligned,
        reduction: reduced,
      });
    });
  };
  return standing(name, f, () => loss.with({ ...fixed, ...byDefault }));
}

/** A function under its name, with the loss that `compile` and `save` take in its place. */
/* @__NO_SIDE_EFFECTS__ */
const standing = (name: string, f: (...args: never[]) => Tensor, standsFor: () => unknown): unknown =>
  attached(f, { name, standsFor });

type Weighted = [weights?: Weights];

/**
 * |prediction − label|.
 *
 * @throws if the shapes differ or weights do not fit.
 * @see TensorFlow.js `tf.losses.absoluteDifference`.
 * @example losses.absoluteDifference([0, 1], [0.5, 3]) // 1.25
 * @function
 */
export const absoluteDifference = /* @__PURE__ */ ofLoss(
  'absoluteDifference',
  meanAbsoluteError,
) as OfTfLosses<Weighted>;

const unreduced = /* @__PURE__ */ defineLoss<object, 'losses', readonly [losses: TensorInput]>({
  name: 'computeWeightedLoss',
  signature: '(...)->(...)',
  inputs: ['losses'],
  domains: () => [real],
  options: {},
  formula: ({ losses }) => losses,
});

/** The same, reduced. */
const reducedTo = (who: string, values: TensorInput, weights: Weights, reduction: TfReduction): Tensor => {
  const name = nameOf(who, reduction);
  return tidied(() => unreduced(values, { ...alignedWeights(who, weights, shapeOf(values)), reduction: name }));
};

/**
 * Values times weights, reduced.
 *
 * @throws if the shapes differ or weights do not fit.
 * @see TensorFlow.js `tf.losses.computeWeightedLoss`.
 * @example losses.computeWeightedLoss([1, 3], [1, 0]) // 1
 * @function
 */
export const computeWeightedLoss = /* @__PURE__ */ attached(
  (values: TensorInput, weights: Weights, reduction: TfReduction = byNonzeroWeights): Tensor =>
    reducedTo('computeWeightedLoss', values, weights, reduction),
  { name: 'computeWeightedLoss' },
) as unknown as OfValues;

/**
 * 1 − cos of the angle between vectors along `axis`, whatever their lengths; that axis stays, with size 1.
 *
 * @throws if the shapes differ or weights do not fit.
 * @see TensorFlow.js `tf.losses.cosineDistance`.
 * @example losses.cosineDistance([[3, 4]], [[3, 4]], 1) // 0
 * @function
 */
export const cosineDistance = /* @__PURE__ */ standing(
  'cosineDistance',
  (
    labels: TensorInput,
    predictions: TensorInput,
    axis = -1,
    weights?: Weights,
    reduction = byNonzeroWeights,
  ): Tensor => {
    if (!integer.accepts(axis)) fail('cosineDistance', `axis is ${show(axis)}; expected ${integer.expected}`);
    return tidied(() => {
      const distances = cosineDistanceLoss(labels, predictions, { axis, reduction: 'none' });
      return reducedTo('cosineDistance', expandDims(distances, axis), weights, reduction);
    });
  },
  () => cosineDistanceLoss.with(byDefault),
) as OfTfLosses<[axis?: number, weights?: Weights]>;

/**
 * max(0, 1 − y·x) for labels of 0 and 1, which stand for y of −1 and 1.
 *
 * @throws if the shapes differ or weights do not fit.
 * @see TensorFlow.js `tf.losses.hingeLoss`.
 * @example losses.hingeLoss([1, 0], [0.25, 0.5]) // 1.125
 * @function
 */
export const hingeLoss = /* @__PURE__ */ ofLoss('hingeLoss', hinge, {
  fixed: { labels: 'binary' },
}) as OfTfLosses<Weighted>;

/**
 * ½e² for errors up to `delta`, δ·(e − ½δ) beyond.
 *
 * @throws if the shapes differ or weights do not fit.
 * @see TensorFlow.js `tf.losses.huberLoss`.
 * @example losses.huberLoss([0, 0], [0.5, 2]) // 0.8125
 * @function
 */
export const huberLoss = /* @__PURE__ */ ofLoss('huberLoss', huber, { option: 'delta' }) as OfTfLosses<
  [...weighted: Weighted, delta?: number]
>;

/**
 * −y·ln p − (1 − y)·ln(1 − p), the logarithms bounded at `epsilon`. In nats.
 *
 * @throws if the shapes differ or weights do not fit.
 * @see TensorFlow.js `tf.losses.logLoss`.
 * @example losses.logLoss([1, 0], [0.5, 0.5]) // 0.6931
 * @function
 */
export const logLoss = /* @__PURE__ */ ofLoss('logLoss', binaryCrossentropy, { option: 'epsilon' }) as OfTfLosses<
  [...weighted: Weighted, epsilon?: number]
>;

/**
 * (prediction − label)².
 *
 * @throws if the shapes differ or weights do not fit.
 * @see TensorFlow.js `tf.losses.meanSquaredError`.
 * @example losses.meanSquaredError([0, 1], [0.5, 3]) // 2.125
 * @function
 */
export const meanSquaredError = /* @__PURE__ */ ofLoss('meanSquaredError', squaredError) as OfTfLosses<Weighted>;

/**
 * Binary cross-entropy of labels and logits, labels drawn towards ½ by `labelSmoothing`. In nats.
 *
 * @throws if the shapes differ or weights do not fit.
 * @see TensorFlow.js `tf.losses.sigmoidCrossEntropy`.
 * @example losses.sigmoidCrossEntropy([1, 0], [0, 1]) // 1.0032
 * @function
 */
export const sigmoidCrossEntropy = /* @__PURE__ */ ofLoss('sigmoidCrossEntropy', binaryCrossentropy, {
  fixed: { fromLogits: true },
  option: 'labelSmoothing',
}) as OfTfLosses<[...weighted: Weighted, labelSmoothing?: number]>;

/**
 * Cross-entropy of label probabilities and logits over the last axis, labels smoothed over all classes. In nats.
 *
 * @throws if the shapes differ or weights do not fit.
 * @see TensorFlow.js `tf.losses.softmaxCrossEntropy`.
 * @example losses.softmaxCrossEntropy([[1, 0]], [[2, 1]]) // 0.3133
 * @function
 */
export const softmaxCrossEntropy = /* @__PURE__ */ ofLoss('softmaxCrossEntropy', categoricalCrossentropy, {
  fixed: { fromLogits: true },
  option: 'labelSmoothing',
  axesOfValue: 1,
}) as OfTfLosses<[...weighted: Weighted, labelSmoothing?: number]>;
