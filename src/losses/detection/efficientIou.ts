import type { Tensor } from '@tensorflow/tfjs-core';
import type { Loss } from '../../definition/definition.js';
import { constant, withDerivativeOf, withEachGradient } from '../../numerics/autodiff.js';
import { abs } from '../../numerics/functions.js';
import { where } from '../../numerics/portable.js';
import { ratio } from '../../numerics/quotient.js';
import { add, div, less, mul, neg, square, sub, zerosLike } from '../../tfjs/ops.js';
import { type Box, type BoxOptions, defineBoxLoss, distancePenalty, height, type Size, width } from './common/boxes.js';

/**
 * Efficient intersection over union of a target box and a predicted one, as a loss:
 * 1 − I/(U + ε) + ρ²/(c² + ε) + (w − w′)²/(c_w² + ε) + (h − h′)²/(c_h² + ε), that of `distanceIou` plus the differences of
 * widths and of heights, in units of the width c_w and the height c_h of the smallest box around both.
 *
 * Shapes `(...,4),(...,4)->(...)`. Without unit, from 0 to 4.
 *
 * @throws if the shapes differ or an option is unknown or out of range.
 * @see Zhang et al. (2022), doi:10.1016/j.neucom.2022.07.042.
 * @example efficientIou([[0, 0, 2, 2]], [[0, 0, 2, 4]]) // [0.8]
 * @function
 */
export const efficientIou: Loss<BoxOptions> = /* @__PURE__ */ defineBoxLoss(
  'efficientIou',
  (overlap, measures) => {
    const { target, predicted, hull, beyond } = overlap;
    // Of boxes that are almost the same, the differences of their sides are exact.
    const wider = sub(sub(predicted.x2, target.x2), sub(predicted.x1, target.x1));
    const higher = sub(sub(predicted.y2, target.y2), sub(predicted.y1, target.y1));
    const penalty = (difference: Tensor, whole: Tensor, side: (box: Box) => Tensor, axis: keyof Size): Tensor => {
      const isLarger = constant(() => less(0, difference));
      const ofPredicted = add(beyond.target[axis], side(target));
      const ofTarget = add(beyond.predicted[axis], side(predicted));
      const rest = where(isLarger, ofPredicted, ofTarget);
      return squaredShare(whole, rest, abs(difference), measures.ofAreas);
    };
    const ofSizes = add(penalty(wider, width(hull), width, 'x'), penalty(higher, height(hull), height, 'y'));
    return add(measures.loss, add(distancePenalty(overlap, measures), ofSizes));
  },
  { aliases: { eiou: {}, efficientBoxIou: {} } },
);

/**
 * d²/(c² + ε) of the difference d = c − r of a whole and the rest of it, which is given by itself. Its derivative for c,
 * 2·d·(c·r + ε)/(c² + ε)², is that of d less that of c² where these would cancel.
 */
const squaredShare = /* @__PURE__ */ withEachGradient<
  readonly [whole: Tensor, rest: Tensor, difference: Tensor, epsilon: Tensor]
>(
  (c, _, d, epsilon) => div(square(d), add(square(c), epsilon)),
  [
    (dy, c, r, d, epsilon) => ratio(mul(slope(dy, c, r, d, epsilon), add(mul(c, r), epsilon)), add(square(c), epsilon)),
    (dy, c, r, d, epsilon) => neg(slope(dy, c, r, d, epsilon)),
    (_dy, _c, _r, d) => zerosLike(d),
    (_dy, _c, _r, _d, epsilon) => zerosLike(epsilon),
  ],
);

/** 2·d/(c² + ε). */
const slope = (dy: Tensor, c: Tensor, r: Tensor, d: Tensor, epsilon: Tensor): Tensor =>
  ratio(
    mul(
      mul(2, dy),
      withDerivativeOf(sub(c, r), () => d),
    ),
    add(square(c), epsilon),
  );
