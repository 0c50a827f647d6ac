import { greaterEqual, range, type Tensor } from '@tensorflow/tfjs-core';
import type { Loss } from '../../definition/definition.js';
import { logit, real } from '../../definition/domain.js';
import { defineLoss } from '../../loss/define.js';
import { constant, withGradients } from '../../numerics/autodiff.js';
import { atLeast } from '../../numerics/functions.js';
import { alongLast, where } from '../../numerics/portable.js';
import { slopeOfLogSoftmax, sumTimesLogSoftmax } from '../../numerics/softmax.js';
import { sum } from '../../numerics/sum.js';
import { add, expandDims, less, logicalAnd, mul, neg, sub } from '../../tfjs/ops.js';

/**
 * Distribution focal loss, of a number y whose distribution over the whole numbers from 0 to K − 1 is predicted by logits:
 * −(i + 1 − y)·ln pᵢ − (y − i)·ln pᵢ₊₁, the cross-entropy of the two whole numbers i ≤ y < i + 1, the nearer one of which
 * counts more. The distances of the sides of a box are learnt so.
 *
 * Shapes `(...),(...,K)->(...)`. In nats. A label below 0 counts as 0, one above K − 1 as K − 1.
 *
 * @throws if the shapes do not fit or an option is unknown.
 * @see Li et al. (2020), doi:10.48550/arXiv.2006.04388; mmdetection `DistributionFocalLoss`; ultralytics `DFLoss`, whose
 * labels end 0.01 before K − 1.
 * @example distributionFocal([0.25], [[0, 0, 0]]) // [1.0986]
 * @function
 */
export const distributionFocal: Loss<object> = /* @__PURE__ */ defineLoss<object>({
  name: 'distributionFocal',
  aliases: { dfl: {} },
  signature: '(...),(...,K)->(...)',
  domains: [real, logit],
  options: {},
  formula: ({ labels, predictions }) => {
    const last = (predictions.shape.at(-1) ?? 1) - 1;
    const isBefore = constant(() => less(labels, last));
    return surprise(where(isBefore, atLeast(labels, 0), last), predictions);
  },
});

/**
 * −Σ t·ln p of numbers `[...]` and logits `[..., K]`, t being what each whole number counts. The derivative for a number is
 * the difference of two logits, which has digits that their logarithms of probabilities lack.
 */
const surprise: (y: Tensor, x: Tensor) => Tensor = /* @__PURE__ */ withGradients(
  (y, x) => neg(sumTimesLogSoftmax(shares(y, x), x)),
  (dy, y, x) => {
    const { isLower, isUpper } = neighbours(y, x);
    const rise = sub(sum(where(isLower, x, 0), -1), sum(where(isUpper, x, 0), -1));
    return [mul(dy, rise), neg(slopeOfLogSoftmax(mul(expandDims(dy, -1), shares(y, x)), x))];
  },
);

/** How much each whole number counts: 1 less its distance where that is below 1. */
function shares(y: Tensor, x: Tensor): Tensor {
  const { isLower, isUpper, above } = neighbours(y, x);
  return where(isLower, sub(1, above), where(isUpper, add(1, above), 0));
}

/** By how much each number lies above each whole one, and which of them are the next below and above. */
function neighbours(y: Tensor, x: Tensor): Neighbours {
  const whole = constant(() => alongLast(range(0, x.shape.at(-1) ?? 1), x.rank));
  const above = sub(expandDims(y, -1), whole);
  const isBetween = (low: number): Tensor => constant(() => logicalAnd(greaterEqual(above, low), less(above, low + 1)));
  return { above, isLower: isBetween(0), isUpper: isBetween(-1) };
}

interface Neighbours {
  readonly above: Tensor;
  readonly isLower: Tensor;
  readonly isUpper: Tensor;
}
