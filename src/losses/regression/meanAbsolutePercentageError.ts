import type { Loss } from '../../definition/definition.js';
import { real } from '../../definition/domain.js';
import { flag, positive } from '../../definition/kinds.js';
import { defineLoss } from '../../loss/define.js';
import { constant } from '../../numerics/autodiff.js';
import { relativeDifference } from '../../numerics/difference.js';
import { abs } from '../../numerics/functions.js';
import { where } from '../../numerics/portable.js';
import { div, less, mul, sub } from '../../tfjs/ops.js';

export interface PercentageErrorOptions {
  /** Lower bound of |label|, by which is divided. Default 1e-7. */
  readonly epsilon: number;
  /** Percent (true, the default) or a fraction. */
  readonly percent: boolean;
}

/**
 * Mean absolute percentage error: 100·|label − prediction| ÷ max(|label|, ε).
 *
 * Shapes `(...),(...)->(...)`. In percent of the labels.
 *
 * @throws if the shapes differ or an option is unknown or out of range.
 * @see Keras `MeanAbsolutePercentageError`; scikit-learn `mean_absolute_percentage_error` (`percent: false`).
 * @example meanAbsolutePercentageError([2, 4], [1, 5]) // [50, 25]
 * @function
 */
export const meanAbsolutePercentageError: Loss<PercentageErrorOptions> =
  /* @__PURE__ */ defineLoss<PercentageErrorOptions>({
    name: 'meanAbsolutePercentageError',
    aliases: { mape: {} },
    keras: { className: 'MeanAbsolutePercentageError', options: {} },
    signature: '(...),(...)->(...)',
    domains: [real, real],
    options: { epsilon: [1e-7, positive], percent: [true, flag] },
    formula: ({ labels, predictions }, { epsilon, percent }) => {
      const isSmall = constant(() => less(abs(labels), epsilon));
      const ofLarge = relativeDifference(where(isSmall, 1, labels), predictions);
      return mul(percent ? 100 : 1, abs(where(isSmall, div(sub(labels, predictions), epsilon), ofLarge)));
    },
  });
