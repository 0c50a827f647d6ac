import { atan, type Tensor } from '@tensorflow/tfjs-core';
import type { Loss } from '../../definition/definition.js';
import { constant, withDerivativeOf, withGradients } from '../../numerics/autodiff.js';
import { abs, maximum } from '../../numerics/functions.js';
import { where } from '../../numerics/portable.js';
import { quotient } from '../../numerics/quotient.js';
import { add, div, equal, less, logicalAnd, mul, neg, square, sub } from '../../tfjs/ops.js';
import { type Box, type BoxOptions, defineBoxLoss, distancePenalty, height, width } from './common/boxes.js';

/**
 * Complete intersection over union of a target box and a predicted one, as a loss:
 * 1 − I/(U + ε) + ρ²/(c² + ε) + α·v, that of `distanceIou` plus the difference of shapes
 * v = (2/π·(arctan(w/h) − arctan(w′/h′)))², with the factor α = v/(1 − IoU + v + ε), which is held constant in the
 * gradient.
 *
 * Shapes `(...,4),(...,4)->(...)`. Without unit.
 *
 * A box without height has the shape arctan ∞, one without extent the shape 0.
 *
 * @throws if the shapes differ or an option is unknown or out of range.
 * @see Zheng et al. (2020), doi:10.1609/aaai.v34i07.6999; torchvision `complete_box_iou_loss`.
 * @example completeIou([[0, 0, 2, 2]], [[0, 0, 2, 4]]) // [0.5532]
 * @function
 */
export const completeIou: Loss<BoxOptions> = /* @__PURE__ */ defineBoxLoss(
  'completeIou',
  (overlap, measures) => {
    const { epsilon, loss } = measures;
    const v = square(mul(2 / Math.PI, turn(overlap.target, overlap.predicted)));
    const alpha = constant(() => div(v, add(add(loss, v), epsilon)));
    return add(loss, add(distancePenalty(overlap, measures), mul(alpha, v)));
  },
  { aliases: { ciou: {}, completeBoxIou: {} } },
);

/** The shape of one box less that of another, where they are alike as one angle, which has digits that both shapes lack. */
function turn(one: Box, other: Box): Tensor {
  const plain = sub(arctangent(width(one), height(one)), arctangent(width(other), height(other)));
  return withDerivativeOf(plain, () => {
    const [[a, b], [c, d]] = [scaled(one), scaled(other)];
    const along = add(mul(b, d), mul(a, c));
    const isSmall = logicalAnd(less(0, mul(b, d)), less(0, along));
    return where(isSmall, atan(div(sub(mul(a, d), mul(c, b)), where(isSmall, along, 1))), plain);
  });
}

/** Width and height, in units of the larger of them. */
function scaled(box: Box): [width: Tensor, height: Tensor] {
  const unit = larger(width(box), height(box));
  return [div(width(box), unit), div(height(box), unit)];
}

/** The larger size of two numbers, which may be divided by. */
const larger = (a: Tensor, b: Tensor): Tensor => {
  const size = maximum(abs(a), abs(b));
  return where(equal(size, 0), 1, size);
};

/** arctan(a/b), also where b is 0; of 0/0 it is 0, without a derivative. */
const arctangent = /* @__PURE__ */ withGradients(
  (a, b) => where(equal(a, 0), 0, atan(div(a, b))),
  (dy, a, b) => {
    // Not a² + b², which is 0 or Infinity for small and large boxes.
    const unit = constant(() => larger(a, b));
    const [x, y] = [div(a, unit), div(b, unit)];
    const slope = div(dy, unit);
    const squares = add(square(x), square(y));
    return [mul(slope, quotient(y, squares)), neg(mul(slope, quotient(x, squares)))];
  },
);
