import { atan, type Tensor } from '@tensorflow/tfjs-core';
import type { Loss } from '../../definition/definition.js';
import { constant } from '../../numerics/autodiff.js';
import { where } from '../../numerics/portable.js';
import { quotient } from '../../numerics/quotient.js';
import { add, customGrad, div, equal, mul, neg, square, sub } from '../../tfjs/ops.js';
import { type Box, type BoxOptions, defineBoxLoss, distance, height, width } from './common/boxes.js';

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
  (overlap, epsilon) => {
    const difference = sub(shapeOf(overlap.target), shapeOf(overlap.predicted));
    const v = square(mul(2 / Math.PI, difference));
    const alpha = constant(() => div(v, add(add(sub(1, overlap.iou), v), epsilon)));
    return add(distance(overlap, epsilon), mul(alpha, v));
  },
  { aliases: { ciou: {}, completeBoxIou: {} } },
);

const shapeOf = (box: Box): Tensor => arctangent(width(box), height(box));

/** arctan(a/b), also where b is 0; of 0/0 it is 0, without a derivative. */
function arctangent(a: Tensor, b: Tensor): Tensor {
  return customGrad((...args) => {
    const [a, b, save] = args as unknown as [Tensor, Tensor, (tensors: Tensor[]) => void];
    save([a, b]);
    const gradFunc = (dy: Tensor, saved: Tensor[]): Tensor[] => {
      const [a, b] = saved as [Tensor, Tensor];
      const squares = add(square(a), square(b));
      return [mul(dy, quotient(b, squares)), neg(mul(dy, quotient(a, squares)))];
    };
    return { value: where(equal(a, 0), 0, atan(div(a, b))), gradFunc };
  })(a, b);
}
