import { greater } from '@tensorflow/tfjs-core';
import type { Loss } from '../../definition/definition.js';
import { logit, probability, quality } from '../../definition/domain.js';
import { exponent, flag, nonNegative, probabilityFloor } from '../../definition/kinds.js';
import { defineLoss } from '../../loss/define.js';
import { constant } from '../../numerics/autodiff.js';
import { mulNoNan } from '../../numerics/functions.js';
import { where } from '../../numerics/portable.js';
import { mul } from '../../tfjs/ops.js';
import { binarySurprise, focusedOnZero } from '../common/surprises.js';

export interface VarifocalOptions {
  /** How much a place counts where nothing is. Default 0.75. */
  readonly alpha: number;
  /** The power γ of p where nothing is: how much less a prediction counts that is right already. Default 2. */
  readonly gamma: number;
  /** Predictions are logits, not probabilities. Default false. */
  readonly fromLogits: boolean;
  /** Lower bound of p and 1 − p in the logarithm. Default 1e-7. */
  readonly epsilon: number;
}

/**
 * Varifocal loss of a detector, of which one number p says both whether something of a class is there and how well its box
 * fits: y·(−y·ln p − (1 − y)·ln(1 − p)) where the quality y of the box, such as its overlap, is above 0, and
 * −α·p^γ·ln(1 − p) where nothing is.
 *
 * Shapes `(...),(...)->(...)`. In nats.
 *
 * Predictions are probabilities, whose logarithms are bounded at `epsilon`, or logits with `fromLogits`.
 *
 * @throws if the shapes differ or an option is unknown or out of range.
 * @see Zhang et al. (2021), doi:10.1109/CVPR46437.2021.00841; mmdetection `VarifocalLoss`, ultralytics `VarifocalLoss`, both
 * of which take logits.
 * @example varifocal([0.75, 0], [0.5, 0.5]) // [0.5199, 0.13]
 * @function
 */
export const varifocal: Loss<VarifocalOptions> = /* @__PURE__ */ defineLoss<VarifocalOptions>({
  name: 'varifocal',
  aliases: { vfl: {} },
  signature: '(...),(...)->(...)',
  domains: ({ fromLogits }) => [quality, fromLogits ? logit : probability],
  options: {
    alpha: [0.75, nonNegative],
    gamma: [2, exponent],
    fromLogits: [false, flag],
    epsilon: [1e-7, probabilityFloor],
  },
  formula: ({ labels, predictions }, { alpha, gamma, fromLogits, epsilon }) => {
    const isThere = constant(() => greater(labels, 0));
    const surprise = binarySurprise(labels, predictions, { fromLogits, posWeight: null, epsilon });
    const ofNothing = focusedOnZero(predictions, gamma, { fromLogits, epsilon });
    return where(isThere, mulNoNan(labels, surprise), mul(alpha, ofNothing));
  },
});
