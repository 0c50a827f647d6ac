import type { Tensor } from '@tensorflow/tfjs-core';
import type { Loss } from '../../definition/definition.js';
import { distribution, logit } from '../../definition/domain.js';
import { defineLoss } from '../../loss/define.js';
import { sum, times } from '../../numerics/sum.js';
import { NORMALIZED, plusZLoss, scaleLogits, classesOf } from '../common/classes.js';
import { crossentropyConflict, crossentropyOptions, type CrossentropyOptions } from '../common/crossentropyOptions.js';
import { neg } from '../../tfjs/ops.js';
import { smoothed } from './common/smoothed.js';

/**
 * Categorical cross-entropy of labels given as probabilities (one-hot or soft): −Σ_c w_c·y_c·ln p_c over the
 * class axis, with labels smoothed to (1 − s)·y + s/C, plus zLoss·(ln Σ_c e^{x_c})².
 *
 * Shapes `(...,C),(...,C)->(...)`. In nats, or in the unit of `base`: 2 bits, 10 hartleys.
 *
 * Predictions are probabilities, or logits with `fromLogits`. Probabilities are made to sum to 1, and
 * their logarithm is bounded at `epsilon`, but the gradient does not vanish there. The derivative for a label is −ln p.
 *
 * @throws if the shapes differ, an option is unknown or out of range, or needs logits and there are none.
 * @see Keras `CategoricalCrossentropy`, PyTorch `cross_entropy` with soft targets, optax
 * `safe_softmax_cross_entropy`; label smoothing: Szegedy et al. (2016), doi:10.1109/CVPR.2016.308; z-loss:
 * Chowdhery et al. (2022), doi:10.48550/arXiv.2204.02311.
 * @example categoricalCrossentropy([[1, 0, 0, 0]], [[0.775, 0.116, 0.039, 0.07]], { base: 2 }) // [0.3677]
 * @function
 */
export const categoricalCrossentropy: Loss<CrossentropyOptions> = /* @__PURE__ */ defineLoss<CrossentropyOptions>({
  name: 'categoricalCrossentropy',
  aliases: {
    cce: {},
    softmaxCrossEntropy: { fromLogits: true },
    softmaxCrossEntropyWithLogits: { fromLogits: true },
    safeSoftmaxCrossEntropy: { fromLogits: true },
  },
  keras: {
    className: 'CategoricalCrossentropy',
    options: { fromLogits: 'from_logits', labelSmoothing: 'label_smoothing', axis: 'axis' },
  },
  sibling: 'sparseCategoricalCrossentropy',
  signature: '(...,C),(...,C)->(...)',
  domains: ({ fromLogits }) => [distribution, fromLogits ? logit : distribution],
  range: NORMALIZED,
  options: crossentropyOptions,
  check: crossentropyConflict,
  formula: ({ labels, predictions }, options) => {
    const { classWeights, labelSmoothing } = options;
    const classes = predictions.shape.at(-1) ?? 1;
    const y = smoothed(labels, labelSmoothing, classes);
    const scaled = scaleLogits(predictions, options);
    const values = neg(classesOf(scaled, options).sumTimesLog(y, classWeights as Tensor | null));
    return {
      values: plusZLoss(values, scaled, options.zLoss),
      ownWeight: classWeights === null ? null : sum(times(classWeights as Tensor, labels), -1),
    };
  },
});
