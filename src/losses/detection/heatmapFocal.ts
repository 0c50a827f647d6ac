import { massIfNone } from '../../call/massIfNone.js';
import type { Loss } from '../../definition/definition.js';
import { heatmap, logit, probability } from '../../definition/domain.js';
import { exponent, flag, probabilityFloor } from '../../definition/kinds.js';
import { defineLoss } from '../../loss/define.js';
import { constant } from '../../numerics/autodiff.js';
import { boundedLog, boundedPower } from '../../numerics/functions.js';
import { cast, where } from '../../numerics/portable.js';
import { equal, mul, neg, sub } from '../../tfjs/ops.js';
import { focusedOnZero, focusFactor } from '../common/surprises.js';

export interface HeatmapFocalOptions {
  /** The power α of the error: how much less a prediction counts that is right already. Default 2. */
  readonly alpha: number;
  /** The power β of 1 − y: how much less a place counts near a peak. Default 4. */
  readonly beta: number;
  /** Predictions are logits, not probabilities. Default false. */
  readonly fromLogits: boolean;
  /** Lower bound of p and 1 − p in the logarithm. Default 1e-7. */
  readonly epsilon: number;
}

/**
 * Focal loss of heatmaps, by which keypoints are detected: −(1 − p)^α·ln p at peaks, where y = 1, and
 * −(1 − y)^β·p^α·ln(1 − p) elsewhere.
 *
 * Shapes `(...),(...)->(...)`. In nats. Labels are a heatmap, which is exactly 1 at its peaks, and less around them.
 *
 * `reduction: 'weightedMean'` divides by the number of peaks in the batch, or their weight, as its authors do; by 1 if
 * there are none.
 *
 * Predictions are probabilities, whose logarithms are bounded at `epsilon`, or logits with `fromLogits`.
 *
 * @throws if the shapes differ or an option is unknown or out of range.
 * @see Law & Deng (2018), doi:10.1007/978-3-030-01264-9_45, CornerNet; Zhou et al. (2019), doi:10.48550/arXiv.1904.07850,
 * CenterNet; mmdetection `GaussianFocalLoss`.
 * @example heatmapFocal([0.5, 1], [0.5, 0.5]) // [0.0108, 0.1733]
 * @function
 */
export const heatmapFocal: Loss<HeatmapFocalOptions> = /* @__PURE__ */ defineLoss<HeatmapFocalOptions>({
  name: 'heatmapFocal',
  aliases: { gaussianFocal: {} },
  signature: '(...),(...)->(...)',
  domains: ({ fromLogits }) => [heatmap, fromLogits ? logit : probability],
  massIfNone: /* @__PURE__ */ massIfNone(1),
  options: {
    alpha: [2, exponent],
    beta: [4, exponent],
    fromLogits: [false, flag],
    epsilon: [1e-7, probabilityFloor],
  },
  formula: ({ labels, predictions }, { alpha, beta, fromLogits, epsilon }) => {
    const isPeak = constant(() => equal(labels, 1));
    const atPeak = fromLogits
      ? focusedOnZero(neg(predictions), alpha, { fromLogits, epsilon })
      : mul(focusFactor(sub(1, predictions), alpha, epsilon), neg(boundedLog(predictions, epsilon)));
    const elsewhere = focusedOnZero(predictions, alpha, { fromLogits, epsilon });
    const distance = boundedPower(sub(1, labels), beta, epsilon);
    return {
      values: where(isPeak, atPeak, mul(distance, elsewhere)),
      ownWeight: constant(() => cast(isPeak, 'float32')),
    };
  },
});
