import type { Loss } from '../../definition/definition.js';
import { logit, probability, quality } from '../../definition/domain.js';
import { exponent, flag, probabilityFloor } from '../../definition/kinds.js';
import { defineLoss } from '../../loss/define.js';
import { abs } from '../../numerics/functions.js';
import { errorOfLogits } from '../../numerics/logistic.js';
import { mul, sub } from '../../tfjs/ops.js';
import { binarySurprise, focusFactor } from '../common/surprises.js';

export interface QualityFocalOptions {
  /** The power β of the error: how much less a prediction counts that is near its label. Default 2. */
  readonly beta: number;
  /** Predictions are logits, not probabilities. Default false. */
  readonly fromLogits: boolean;
  /** Lower bound of p and 1 − p in the logarithm. Default 1e-7. */
  readonly epsilon: number;
}

/**
 * Quality focal loss of a detector, of which one number p says both whether something of a class is there and how well its
 * box fits: |y − p|^β·(−y·ln p − (1 − y)·ln(1 − p)). Labels y are the quality of the box, such as its overlap, and 0 where
 * nothing is.
 *
 * Shapes `(...),(...)->(...)`. In nats.
 *
 * Predictions are probabilities, whose logarithms are bounded at `epsilon`, or logits with `fromLogits`.
 *
 * @throws if the shapes differ or an option is unknown or out of range.
 * @see Li et al. (2020), doi:10.48550/arXiv.2006.04388; mmdetection `QualityFocalLoss`, which takes logits and sums over
 * the classes.
 * @example qualityFocal([0.75, 0], [0.5, 0.5]) // [0.0433, 0.1733]
 * @function
 */
export const qualityFocal: Loss<QualityFocalOptions> = /* @__PURE__ */ defineLoss<QualityFocalOptions>({
  name: 'qualityFocal',
  aliases: { qfl: {} },
  signature: '(...),(...)->(...)',
  domains: ({ fromLogits }) => [quality, fromLogits ? logit : probability],
  options: {
    beta: [2, exponent],
    fromLogits: [false, flag],
    epsilon: [1e-7, probabilityFloor],
  },
  formula: ({ labels, predictions }, { beta, fromLogits, epsilon }) => {
    const error = abs(fromLogits ? errorOfLogits(labels, predictions) : sub(labels, predictions));
    const surprise = binarySurprise(labels, predictions, { fromLogits, posWeight: null, epsilon });
    return mul(focusFactor(error, beta, epsilon), surprise);
  },
});
