import type { Loss } from '../../definition/definition.js';
import { real } from '../../definition/domain.js';
import { nonNegative } from '../../definition/kinds.js';
import { defineLoss } from '../../loss/define.js';
import { abs, atMost } from '../../numerics/functions.js';
import { div, mul, sub } from '../../tfjs/ops.js';

export interface SmoothL1Options {
  /** The error β, in the units of the labels, at which the loss turns from quadratic to linear. Default 1. */
  readonly beta: number;
}

/**
 * Smooth L1 loss of the error e = |prediction − label|: ½e²/β if e < β, else e − ½β. It is the Huber loss divided by β,
 * and the absolute error at β = 0.
 *
 * Shapes `(...),(...)->(...)`. In the units of the labels.
 *
 * @throws if the shapes differ, `beta` is negative or an option is unknown.
 * @see Girshick (2015), doi:10.1109/ICCV.2015.169; PyTorch `smooth_l1_loss`.
 * @example smoothL1([0, 0], [0.5, 2]) // [0.125, 1.5]
 * @function
 */
export const smoothL1: Loss<SmoothL1Options> = /* @__PURE__ */ defineLoss<SmoothL1Options>({
  name: 'smoothL1',
  signature: '(...),(...)->(...)',
  domains: [real, real],
  options: { beta: [1, nonNegative] },
  formula: ({ labels, predictions }, { beta }) => {
    const error = abs(sub(predictions, labels));
    if (beta === 0) return error;
    const quadratic = atMost(error, beta);
    return mul(div(quadratic, beta), sub(error, mul(0.5, quadratic)));
  },
});
