import { relu, type Tensor } from '@tensorflow/tfjs-core';
import type { Loss } from '../../definition/definition.js';
import { real } from '../../definition/domain.js';
import { fractionOrPerLast } from '../../definition/kinds.js';
import type { TensorInput } from '../../definition/tensorInput.js';
import { defineLoss } from '../../loss/define.js';
import { halfDifference } from '../../numerics/difference.js';
import { minus, plus } from '../../numerics/scalars.js';
import { stretch, times } from '../../numerics/sum.js';
import { add, neg, reshape, util } from '../../tfjs/ops.js';

export interface QuantileOptions {
  /**
   * Which quantile is predicted, from 0 to 1, or a list of them, one for each entry of the last axis of the predictions.
   * Default 0.5, the median.
   */
  readonly quantile: TensorInput;
}

/**
 * Quantile (pinball) loss of d = label − prediction: q·d if d > 0, else (q − 1)·d. It is least where the prediction is the
 * q-quantile of the labels; at q = ½ it is half the absolute error.
 *
 * Shapes `(...),(...)->(...)`; with Q quantiles `(...),(...,Q)->(...,Q)`, where labels `(...,1)` and `(...,Q)` serve as
 * well. In the units of the labels.
 *
 * Several quantiles of the same label come from one output of Q units: the value is one for each, and their mean where
 * values are reduced.
 *
 * @throws if the shapes differ, a list of quantiles is not as long as the last axis, a quantile that can be read for free
 * is not from 0 to 1, or an option is unknown.
 * @see Koenker & Bassett (1978), doi:10.2307/1913643; scikit-learn `mean_pinball_loss`, pytorch-forecasting
 * `QuantileLoss`, TensorFlow Addons `PinballLoss`.
 * @example quantile([1, 0], [0, 1], { quantile: 0.9 }) // [0.9, 0.1]
 * @example quantile([[1]], [[0, 1, 3]], { quantile: [0.1, 0.5, 0.9], reduction: 'none' }) // [[0.1, 0, 0.2]]
 * @function
 */
export const quantile: Loss<QuantileOptions> = /* @__PURE__ */ defineLoss<QuantileOptions>({
  name: 'quantile',
  aliases: { pinball: {}, meanPinball: {} },
  signature: '(...),(...)->(...)',
  domains: [real, real],
  options: { quantile: [0.5, fractionOrPerLast] },
  shift: ([labels, predictions], { quantile }) =>
    labels && predictions && typeof quantile !== 'number' ? [forEach(labels, predictions), predictions] : undefined,
  formula: ({ labels, predictions }, options) => {
    // A tensor where there are several.
    const quantile = options.quantile as number;
    const rest = minus(1, quantile);
    const missing = halfDifference(labels, predictions);
    return add(times(plus(quantile, quantile), relu(missing)), times(plus(rest, rest), relu(neg(missing))));
  },
});

/** Labels without the last axis of the predictions, or with a single entry along it, repeated for each of its entries. */
function forEach(labels: Tensor, { shape }: Tensor): Tensor {
  const ofOne = [...shape.slice(0, -1), 1];
  const isOfOne = [ofOne, ofOne.slice(0, -1)].some((own) => util.arraysEqual(labels.shape, own));
  return isOfOne ? stretch(reshape(labels, ofOne), shape) : labels;
}
