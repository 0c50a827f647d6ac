import { concat, greaterEqual, logicalOr, range, slice, stack, type Tensor } from '@tensorflow/tfjs-core';
import { matMul } from '../../numerics/matMul.js';
import { type ClassPaths, kernels, type Paths } from '../../call/kernelSlots.js';
import { ofRank } from '../../numerics/positions.js';
import type { Loss } from '../../definition/definition.js';
import { logProbability, logit, paddedIndex } from '../../definition/domain.js';
import { fail } from '../../definition/fail.js';
import { flag, integer, lengths } from '../../definition/kinds.js';
import type { TensorInput } from '../../definition/tensorInput.js';
import { defineLoss } from '../../loss/define.js';
import { constant } from '../../numerics/autodiff.js';
import { logSoftmax } from '../../numerics/softmax.js';
import { any, cast, where } from '../../numerics/portable.js';
import { sum } from '../../numerics/sum.js';
import { equal, expandDims, fill, less, logicalAnd, mul, neg, notEqual, reshape, scalar, sub } from '../../tfjs/ops.js';
import { isImpossible, logLikelihood, logOfTruth, withoutInfinity } from './common/alignments.js';
import { within } from './common/steps.js';

export interface CtcOptions {
  /** How many labels each example has, `[B]`. Default null: as many as its row has that are neither blank nor negative. */
  readonly labelLengths: TensorInput | null;
  /** How many time steps each example has, `[B]`. Default null: all. */
  readonly logitLengths: TensorInput | null;
  /** The class that stands for no label; -1 is the last one. Default 0. */
  readonly blankIndex: number;
  /** Gives 0, without a gradient, instead of Infinity where no alignment is possible. Default false. */
  readonly zeroInfinity: boolean;
  /** The second input holds log-probabilities, not logits. Default false. */
  readonly logProbabilities: boolean;
}

/**
 * Connectionist temporal classification: −ln Σ_π Π_t p_t(π_t), with the probability p_t(c) of class c at time t, summed
 * over all ways π to spread the labels y₁ … y_S over the T time steps, with blanks between them and repeats merged.
 *
 * Shapes `(B,S),(B,T,C)->(B)`: class indices, padded by negative numbers, by blanks, or as `labelLengths` says; and
 * logits with the time axis second. In nats.
 *
 * The gradient comes from forward and backward variables. With `logProbabilities` it is the plain derivative for
 * them. Where the labels do not fit into the time there is, the loss is Infinity, with gradient 0.
 *
 * @throws if the shapes do not fit, a label is no class, a length is beyond its axis, or an option is unknown or
 * out of range. Labels and lengths on a GPU are checked with `validate: true`.
 * @see Graves et al. (2006), doi:10.1145/1143844.1143891; Keras `CTC`, PyTorch `ctc_loss`, optax `ctc_loss`,
 * TensorFlow `ctc_loss`.
 * @example ctc([[1, 2]], tf.zeros([1, 5, 3])) // [1.93771]
 * @function
 */
export const ctc: Loss<CtcOptions, readonly [labels: TensorInput, logits: TensorInput]> = /* @__PURE__ */ defineLoss<
  CtcOptions,
  'labels' | 'logits',
  readonly [labels: TensorInput, logits: TensorInput]
>({
  name: 'ctc',
  keras: { className: 'CTC', options: {} },
  signature: '(B,S),(B,T,C)->(B)',
  inputs: ['labels', 'logits'],
  domains: ({ logProbabilities }) => [paddedIndex, logProbabilities ? logProbability : logit],
  range: null,
  options: {
    labelLengths: [null, lengths('B', 'S')],
    logitLengths: [null, lengths('B', 'T')],
    blankIndex: [0, integer],
    zeroInfinity: [false, flag],
    logProbabilities: [false, flag],
  },
  formula: ({ labels, logits }, { labelLengths, logitLengths, blankIndex, zeroInfinity, logProbabilities }, valid) => {
    const [, time = 1, classes = 1] = logits.shape;
    const blank = blankIndex < 0 ? blankIndex + classes : blankIndex;
    if (blank < 0 || blank >= classes) fail('ctc', `blankIndex is ${blankIndex}; expected one of ${classes} classes`);
    const counts = (labelLengths ?? countLabels(labels, blank)) as Tensor;
    const states = withBlanks(labels, counts, blank);
    const paths = { states, ...pathsOf(states, counts, logitLengths as Tensor | null, time) };
    const isWhole = logitLengths === null;
    const likelihoodOf = (x: Tensor, walked: ClassPaths): Tensor => {
      // What lies behind the end may be anything, NaN too.
      const during = isWhole ? x : where(ofRank(walked.isDuring, 3), x, 0);
      const logP = withoutInfinity(logProbabilities ? during : logSoftmax(during));
      return logLikelihood(matMul(logP, atState(walked.states, classes)), walked);
    };
    const likelihood =
      kernels.likelihood?.(logits, paths, logProbabilities, likelihoodOf) ?? likelihoodOf(logits, paths);
    const isNone = isImpossible(likelihood);
    const known = where(hasStray(labels, counts, classes), NaN, neg(likelihood));
    const values = where(isNone, zeroInfinity ? 0 : Infinity, known);
    // Labels that do not count have been made none, which their lengths do not know.
    return valid ? where(valid, values, 0) : values;
  },
});

const countLabels = (labels: Tensor, blank: number): Tensor =>
  constant(() => sum(cast(logicalAnd(greaterEqual(labels, 0), notEqual(labels, blank)), 'int32'), -1));

/** Blank, y₁, blank, y₂, …, blank: [B, 2S + 1]; what is no label is a blank. */
function withBlanks(labels: Tensor, counts: Tensor, blank: number): Tensor {
  return constant(() => {
    const [batch = 1, length = 1] = labels.shape;
    const blanks = fill([batch, length], blank, 'int32');
    const isLabel = logicalAnd(within(counts, length), greaterEqual(labels, 0));
    const pairs = stack([blanks, where(isLabel, labels, blanks)], -1);
    return concat([reshape(pairs, [batch, 2 * length]), fill([batch, 1], blank, 'int32')], 1);
  });
}

/** 1 where a class is that of a state: [B, C, states]. */
const atState = (states: Tensor, classes: number): Tensor =>
  constant(() => cast(equal(expandDims(range(0, classes, 1, 'int32'), -1), expandDims(states, 1)), 'float32'));

/** Where an alignment may go, see `Paths`; all of it is constant. */
function pathsOf(states: Tensor, counts: Tensor, logitLengths: Tensor | null, time: number): Paths {
  const [batch = 1, total = 1] = states.shape;
  return {
    canSkip: constant(() => {
      const [twoBefore, own] = [0, 2].map((from) => slice(states, [0, from], [batch, total - 2]));
      const differs = logicalAnd(
        notEqual(own as Tensor, twoBefore as Tensor),
        notEqual(own as Tensor, blankOf(states)),
      );
      return concat([fill([batch, 2], 0, 'bool'), differs], 1);
    }),
    ends: constant(() => {
      const final = expandDims(mul(scalar(2, 'int32'), counts), -1);
      const state = range(0, total, 1, 'int32');
      return logOfTruth(logicalOr(equal(state, final), equal(state, sub(final, scalar(1, 'int32')))));
    }),
    isDuring: constant(() => (logitLengths ? within(logitLengths, time) : fill([batch, time], 1, 'bool'))),
  };
}

/** The first state of each row is a blank. */
const blankOf = (states: Tensor): Tensor => slice(states, [0, 0], [-1, 1]);

/** Whether a row has something that is no class where a label should be: [B]. */
const hasStray = (labels: Tensor, counts: Tensor, classes: number): Tensor =>
  constant(() => {
    const isStray = logicalOr(less(labels, 0), greaterEqual(labels, classes));
    return any(logicalAnd(isStray, within(counts, labels.shape[1] ?? 1)), -1);
  });
