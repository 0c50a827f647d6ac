import type { Loss } from '../../definition/definition.js';
import { lessEqual, type Tensor } from '@tensorflow/tfjs-core';
import { constant, withDerivativeOf } from '../../numerics/autodiff.js';
import { where } from '../../numerics/portable.js';
import { fraction, ratio } from '../../numerics/quotient.js';
import { add, equal, less, mul, neg, sub } from '../../tfjs/ops.js';
import {
  area,
  type Box,
  type BoxOptions,
  defineBoxLoss,
  height,
  type Overlap,
  type Size,
  width,
} from './common/boxes.js';

/**
 * Generalized intersection over union of a target box and a predicted one, as a loss: 1 − I/(U + ε) + (C − U)/(C + ε),
 * with C the area of the smallest box around both. It has a gradient also where the boxes do not meet.
 *
 * Shapes `(...,4),(...,4)->(...)`. Without unit, from 0 to 2.
 *
 * @throws if the shapes differ or an option is unknown or out of range.
 * @see Rezatofighi et al. (2019), doi:10.1109/CVPR.2019.00075; torchvision `generalized_box_iou_loss`.
 * @example generalizedIou([[0, 0, 1, 1]], [[2, 0, 3, 1]]) // [1.3333]
 * @function
 */
export const generalizedIou: Loss<BoxOptions> = /* @__PURE__ */ defineBoxLoss(
  'generalizedIou',
  (overlap, { loss, ofAreas }) => {
    const around = area(overlap.hull);
    const whole = fraction(around, ofAreas);
    const penalty = mul(whole, uncovered(overlap));
    // Of boxes that are nothing next to ε, the intersection drops out of the sum.
    const isTiny = constant(() => less(mul(1000, around), ofAreas));
    const ofTiny = add(1, sub(ratio(surplus(overlap), add(around, ofAreas)), mul(sub(1, loss), penalty)));
    return where(isTiny, ofTiny, add(loss, penalty));
  },
  { aliases: { giou: {}, generalizedBoxIou: {} } },
);

/**
 * The part of the box around both that neither covers: two corners, or where the boxes do not meet, the gap and what is
 * beside them. It is made of parts of sides, so that a box which is as wide as the one around both stays so as it grows.
 */
function uncovered({ target, predicted, beyond, common, doMeet }: Overlap): Tensor {
  const x = partsOf(width(target), width(predicted), beyond.target.x, beyond.predicted.x, common.x);
  const y = partsOf(height(target), height(predicted), beyond.target.y, beyond.predicted.y, common.y);
  const corners = add(mul(x.onlyTarget, y.onlyPredicted), mul(x.onlyPredicted, y.onlyTarget));
  const withGap = (along: Parts, across: Parts): Tensor =>
    add(along.gap, add(mul(along.target, across.onlyPredicted), mul(along.predicted, across.onlyTarget)));
  const isGapInY = constant(() => lessEqual(common.y, 0));
  const covered = add(mul(x.target, y.target), mul(x.predicted, y.predicted));
  const apart = withDerivativeOf(sub(1, covered), () => where(isGapInY, withGap(y, x), withGap(x, y)));
  return where(doMeet, corners, apart);
}

/**
 * The area of the box around both less that of each: what lies beyond the larger one, less the smaller one. So it does not
 * change with a side of the larger one that all else is beside of.
 */
function surplus({ target, predicted, beyond, hull }: Overlap): Tensor {
  const of = (larger: Box, past: Size, smaller: Box): Tensor =>
    sub(add(mul(past.x, height(larger)), mul(width(hull), past.y)), area(smaller));
  const isTargetLarger = constant(() => less(area(predicted), area(target)));
  return where(isTargetLarger, of(target, beyond.predicted, predicted), of(predicted, beyond.target, target));
}

/** Parts of a side of the box around both. */
interface Parts {
  /** Beside the target. */
  readonly target: Tensor;
  /** Beside the prediction. */
  readonly predicted: Tensor;
  /** Beside the target, not beside the prediction. */
  readonly onlyTarget: Tensor;
  readonly onlyPredicted: Tensor;
  /** Beside neither; negative where it is beside both. */
  readonly gap: Tensor;
}

function partsOf(
  target: Tensor,
  predicted: Tensor,
  targetBeyond: Tensor,
  predictedBeyond: Tensor,
  common: Tensor,
): Parts {
  // Of a side without length nothing is beyond.
  const isNone = constant(() => equal(add(target, predictedBeyond), 0));
  const [own, other] = [where(isNone, 1, target), where(isNone, 1, predicted)];
  return {
    target: fraction(own, predictedBeyond),
    predicted: fraction(other, targetBeyond),
    onlyTarget: fraction(targetBeyond, other),
    onlyPredicted: fraction(predictedBeyond, own),
    gap: fraction(neg(common), add(own, other)),
  };
}
