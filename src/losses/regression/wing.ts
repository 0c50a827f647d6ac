import type { Loss } from '../../definition/definition.js';
import { real } from '../../definition/domain.js';
import { positive } from '../../definition/kinds.js';
import { defineLoss } from '../../loss/define.js';
import { constant } from '../../numerics/autodiff.js';
import { abs } from '../../numerics/functions.js';
import { log1p } from '../../numerics/log1p.js';
import { where } from '../../numerics/portable.js';
import { add, div, less, mul, sub } from '../../tfjs/ops.js';

export interface WingOptions {
  /** The error w, in the units of the labels, from which on the loss is linear. Default 5. */
  readonly width: number;
  /** The bend c of the logarithm, in the units of the labels. Default 0.5. */
  readonly curvature: number;
}

/**
 * Wing loss of the error e = |prediction − label|: w·ln(1 + e/c) if e < w, else e − (w − w·ln(1 + w/c)). Steeper for
 * small errors than the absolute error.
 *
 * Shapes `(...),(...)->(...)`. In the units of the labels.
 *
 * @throws if the shapes differ, an option is not positive or unknown.
 * @see Feng et al. (2018), doi:10.1109/CVPR.2018.00238.
 * @example wing([0, 0], [0.5, 10]) // [3.4657, 16.9895]
 * @function
 */
export const wing: Loss<WingOptions> = /* @__PURE__ */ defineLoss<WingOptions>({
  name: 'wing',
  signature: '(...),(...)->(...)',
  domains: [real, real],
  options: { width: [5, positive], curvature: [0.5, positive] },
  formula: ({ labels, predictions }, { width, curvature }) => {
    const error = abs(sub(predictions, labels));
    const inner = where(
      constant(() => less(error, width)),
      error,
      width,
    );
    return add(mul(width, log1p(div(inner, curvature))), sub(error, inner));
  },
});
