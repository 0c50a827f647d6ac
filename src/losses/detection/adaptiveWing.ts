import { pow, type Tensor } from '@tensorflow/tfjs-core';
import type { Loss } from '../../definition/definition.js';
import { heatmap, real } from '../../definition/domain.js';
import { positive, within } from '../../definition/kinds.js';
import { defineLoss } from '../../loss/define.js';
import { constant, withGradients } from '../../numerics/autodiff.js';
import { abs, atLeast, sigmoid, softplus } from '../../numerics/functions.js';
import { ln, log1p } from '../../numerics/log1p.js';
import { where } from '../../numerics/portable.js';
import { beyondFloat32, logarithm, over } from '../../numerics/scalars.js';
import { add, div, equal, less, mul, sub } from '../../tfjs/ops.js';

export interface AdaptiveWingOptions {
  /** The factor ω of the loss. Default 14. */
  readonly omega: number;
  /** The error θ from which on the loss is linear, from 1e-6 to 1e6. Default 0.5. */
  readonly theta: number;
  /** The bend ε of the logarithm, an error from 1e-6 to 1e6. Default 1. */
  readonly epsilon: number;
  /** The power α of the error for a label of 0, from 2 to 100; at a label y it is α − y. Default 2.1. */
  readonly alpha: number;
}

/** By which an error may be divided, and its power still be float32. */
const error = /* @__PURE__ */ within(1e-6, 1e6);

/**
 * Adaptive wing loss of heatmaps, by which landmarks are found, of the error e = |prediction − label| with a power n = α − y
 * that depends on the label y: ω·ln(1 + (e/ε)^n) if e < θ, else A·(e − θ) + ω·ln(1 + (θ/ε)^n), with the slope
 * A = ω·n·(θ/ε)^n/(θ·(1 + (θ/ε)^n)) at θ. Steep where there is a landmark, and flat near the background.
 *
 * Shapes `(...),(...)->(...)`. Labels are a heatmap, numbers from 0 to 1. Without unit.
 *
 * @throws if the shapes differ or an option is unknown or out of range.
 * @see Wang et al. (2019), doi:10.1109/ICCV.2019.00707.
 * @example adaptiveWing([0, 1], [0.25, 0]) // [0.7417, 10.2594]
 * @function
 */
export const adaptiveWing: Loss<AdaptiveWingOptions> = /* @__PURE__ */ defineLoss<AdaptiveWingOptions>({
  name: 'adaptiveWing',
  aliases: { awing: {} },
  signature: '(...),(...)->(...)',
  domains: [heatmap, real],
  options: {
    omega: [14, positive],
    theta: [0.5, error],
    epsilon: [1, error],
    alpha: [2.1, /* @__PURE__ */ within(2, 100)],
  },
  formula: ({ labels, predictions }, { omega, theta, epsilon, alpha }) => {
    const n = sub(alpha, labels);
    // What n has lost to rounding.
    const lost = constant(() => add(sub(sub(alpha, n), labels), beyondFloat32(alpha)));
    const [distance, bound] = [div(abs(sub(predictions, labels)), epsilon), over(theta, epsilon)];
    const isInner = constant(() => less(distance, bound));
    const curve = logOfOneAndPower(where(isInner, distance, bound), n, lost);
    const slope = div(mul(n, sigmoid(mul(n, logarithm(bound)))), bound);
    return mul(omega, add(curve, mul(slope, where(isInner, 0, sub(distance, bound)))));
  },
});

/** ln(1 + x^(n + lost)) of x ≥ 0, where n is all but exact, also where the power is beyond float32. */
function logOfOneAndPower(x: Tensor, n: Tensor, lost: Tensor): Tensor {
  const isSmall = constant(() => less(x, 1));
  const small = where(isSmall, x, 0);
  const exact = mul(
    power(small, n),
    constant(() => add(1, mul(lost, lnUnlessZero(small)))),
  );
  return where(isSmall, log1p(exact), softplus(mul(n, ln(where(isSmall, 1, x)))));
}

/** Where a derivative is infinite at 0, x is bounded at this. */
const LEAST = 1e-7;

/** xⁿ of x ≥ 0, for two tensors of one shape; a derivative that would be infinite at 0 is finite. */
const power: (x: Tensor, n: Tensor) => Tensor = /* @__PURE__ */ withGradients(
  (x, n) => pow(where(less(n, 0), atLeast(x, LEAST), x), n),
  (dy, x, n) => [mul(dy, mul(n, power(x, sub(n, 1)))), mul(dy, mul(power(x, n), lnUnlessZero(x)))],
);

/** ln x, and 0 where x is 0. */
function lnUnlessZero(x: Tensor): Tensor {
  const isZero = constant(() => equal(x, 0));
  return where(isZero, 0, ln(where(isZero, 1, x)));
}
