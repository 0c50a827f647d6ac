import { add, mul, neg, relu, sub } from '@tensorflow/tfjs-core';
import type { Loss } from '../../definition/definition.js';
import { real } from '../../definition/domain.js';
import { fraction } from '../../definition/kinds.js';
import { defineLoss } from '../../loss/define.js';
import { minus } from '../../numerics/scalars.js';

export interface QuantileOptions {
  /** Which quantile is predicted, from 0 to 1. Default 0.5, the median. */
  readonly quantile: number;
}

/**
 * Quantile (pinball) loss of d = label − prediction: q·d if d > 0, else (q − 1)·d. It is least where the prediction is the
 * q-quantile of the labels; at q = ½ it is half the absolute error.
 *
 * Shapes `(...),(...)->(...)`. In the units of the labels.
 *
 * @throws if the shapes differ, `quantile` is not from 0 to 1 or an option is unknown.
 * @see Koenker & Bassett (1978), doi:10.2307/1913643; scikit-learn `mean_pinball_loss`.
 * @example quantile([1, 0], [0, 1], { quantile: 0.9 }) // [0.9, 0.1]
 * @function
 */
export const quantile: Loss<QuantileOptions> = /* @__PURE__ */ defineLoss<QuantileOptions>({
  name: 'quantile',
  aliases: { pinball: {}, meanPinball: {} },
  signature: '(...),(...)->(...)',
  domains: [real, real],
  options: { quantile: [0.5, fraction] },
  formula: ({ labels, predictions }, options) => {
    const missing = sub(labels, predictions);
    return add(mul(options.quantile, relu(missing)), mul(minus(1, options.quantile), relu(neg(missing))));
  },
});
