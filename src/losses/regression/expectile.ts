import type { Loss } from '../../definition/definition.js';
import { real } from '../../definition/domain.js';
import { fraction } from '../../definition/kinds.js';
import { defineLoss } from '../../loss/define.js';
import { constant } from '../../numerics/autodiff.js';
import { where } from '../../numerics/portable.js';
import { minus } from '../../numerics/scalars.js';
import { less, mul, sub } from '../../tfjs/ops.js';

export interface ExpectileOptions {
  /** Which expectile τ is predicted, from 0 to 1. Default 0.5, the mean. */
  readonly expectile: number;
}

/**
 * Expectile loss of d = label − prediction: τ·d² if d ≥ 0, else (1 − τ)·d². It is least where the prediction is the
 * τ-expectile of the labels; at τ = ½ it is half the squared error.
 *
 * Shapes `(...),(...)->(...)`. In the squared units of the labels.
 *
 * @throws if the shapes differ, `expectile` is not from 0 to 1 or an option is unknown.
 * @see Newey & Powell (1987), doi:10.2307/1911031; rlax `expectile_loss`.
 * @example expectile([1, 0], [0, 2], { expectile: 0.9 }) // [0.9, 0.4]
 * @function
 */
export const expectile: Loss<ExpectileOptions> = /* @__PURE__ */ defineLoss<ExpectileOptions>({
  name: 'expectile',
  signature: '(...),(...)->(...)',
  domains: [real, real],
  options: { expectile: [0.5, fraction] },
  formula: ({ labels, predictions }, { expectile }) => {
    const missing = sub(labels, predictions);
    const isAbove = constant(() => less(missing, 0));
    return mul(mul(where(isAbove, minus(1, expectile), expectile), missing), missing);
  },
});
