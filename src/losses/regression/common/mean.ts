import { greater, log, onesLike, pow, type Tensor } from '@tensorflow/tfjs-core';
import { abs, exp, expm1, timesExp } from '../../../numerics/functions.js';
import { logRatio } from '../../../numerics/logRatio.js';
import { less, mul, neg, sub } from '../../../tfjs/ops.js';
import { constant } from '../../../numerics/autodiff.js';
import { where } from '../../../numerics/portable.js';

/** How a tensor m gives a mean μ > 0: as it is, or by its logarithm. */
export interface MeanScale {
  /** ln μ. */
  readonly log: (m: Tensor) => Tensor;
  /** ln(y/μ) of y > 0. */
  readonly logRatio: (y: Tensor, m: Tensor) => Tensor;
  /** μᵏ. */
  readonly power: (m: Tensor, k: number) => Tensor;
  /** a·μᵏ, also where μᵏ is 0 or Infinity in float32 and the product is not. */
  readonly timesPower: (a: Tensor, m: Tensor, k: number) => Tensor;
  /** The derivative for m of μᵏ/k, or of ln μ for k = 0, times dy. */
  readonly timesSlope: (dy: Tensor, m: Tensor, k: number) => Tensor;
  /** The derivative for m of half the deviance of y with power p: (μ − y)·μ⁻ᵖ times that of μ. */
  readonly pull: (y: Tensor, m: Tensor, p: number) => Tensor;
}

function timesPower(a: Tensor, mean: Tensor, k: number): Tensor {
  if (k === 0) return a;
  if (Math.abs(k) <= 1) return mul(a, pow(mean, k));
  const first = Math.abs(k) <= 2 ? Math.sign(k) : k / 2;
  return mul(mul(a, pow(mean, first)), pow(mean, k - first));
}

export const asItIs: MeanScale = {
  log,
  logRatio,
  power: pow,
  timesPower,
  timesSlope: (dy, mean, k) => timesPower(dy, mean, k - 1),
  pull: (y, mean, p) => timesPower(sub(mean, y), mean, -p),
};

const timesPowerOfExp = (a: Tensor, x: Tensor, k: number): Tensor => (k === 0 ? a : timesExp(a, mul(k, x)));

export const byLogarithm: MeanScale = {
  log: (x) => x,
  logRatio: (y, x) => sub(log(y), x),
  power: (x, k) => exp(mul(k, x)),
  timesPower: timesPowerOfExp,
  timesSlope: timesPowerOfExp,
  pull: (y, x, p) => {
    const isPositive = constant(() => greater(y, 0));
    const [ofMean, ofLabel] = [timesPowerOfExp(onesLike(x), x, 2 - p), timesPowerOfExp(y, x, 1 - p)];
    // The larger of the two terms times 1 − e^−|ln(y/μ)|, which is 0 where both are Infinity.
    const t = sub(log(where(isPositive, y, 1)), x);
    const share = expm1(neg(abs(t)));
    const isMeanLarger = constant(() => less(t, 0));
    const factor = where(isMeanLarger, neg(share), mul(share, y));
    const difference = timesExp(factor, mul(where(isMeanLarger, 2 - p, 1 - p), x));
    return where(isPositive, difference, sub(ofMean, ofLabel));
  },
};
