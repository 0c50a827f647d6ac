import type { Loss } from '../../definition/definition.js';
import { real } from '../../definition/domain.js';
import { flag, positive } from '../../definition/kinds.js';
import { defineLoss } from '../../loss/define.js';
import { constant } from '../../numerics/autodiff.js';
import { differenceBySizes } from '../../numerics/difference.js';
import { abs } from '../../numerics/functions.js';
import { where } from '../../numerics/portable.js';
import { add, div, less, mul, sub } from '../../tfjs/ops.js';

export interface SymmetricPercentageErrorOptions {
  /** Lower bound of |label| + |prediction|, by which is divided. Default 1e-7. */
  readonly epsilon: number;
  /** Percent (true, the default) or a fraction. */
  readonly percent: boolean;
}

/**
 * Symmetric mean absolute percentage error: 200·|label − prediction| ÷ max(|label| + |prediction|, ε), from 0 to 200. It
 * is 200, without a gradient, wherever label and prediction have different signs.
 *
 * Shapes `(...),(...)->(...)`. In percent of the mean of the two sizes.
 *
 * @throws if the shapes differ or an option is unknown or out of range.
 * @see Makridakis (1993), doi:10.1016/0169-2070(93)90079-3; torchmetrics `symmetric_mean_absolute_percentage_error`
 * (`percent: false`).
 * @example symmetricMeanAbsolutePercentageError([2, 4], [1, 4]) // [66.6667, 0]
 * @function
 */
export const symmetricMeanAbsolutePercentageError: Loss<SymmetricPercentageErrorOptions> =
  /* @__PURE__ */ defineLoss<SymmetricPercentageErrorOptions>({
    name: 'symmetricMeanAbsolutePercentageError',
    aliases: { smape: {} },
    signature: '(...),(...)->(...)',
    domains: [real, real],
    options: { epsilon: [1e-7, positive], percent: [true, flag] },
    formula: ({ labels, predictions }, { epsilon, percent }) => {
      const isSmall = constant(() => less(add(abs(labels), abs(predictions)), epsilon));
      const ofSmall = div(abs(sub(labels, predictions)), epsilon);
      const ofLarge = differenceBySizes(where(isSmall, 1, labels), where(isSmall, 1, predictions));
      return mul(percent ? 200 : 2, where(isSmall, ofSmall, ofLarge));
    },
  });
