import type { Tensor } from '@tensorflow/tfjs-core';
import type { Loss } from '../../definition/definition.js';
import { ratio } from '../../numerics/quotient.js';
import { add, square, sub } from '../../tfjs/ops.js';
import { type BoxOptions, defineBoxLoss, distancePenalty, height, width } from './common/boxes.js';

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
    const { target, predicted, hull } = overlap;
    // Of boxes that are almost the same, the differences of their sides are exact.
    const wider = sub(sub(predicted.x2, target.x2), sub(predicted.x1, target.x1));
    const higher = sub(sub(predicted.y2, target.y2), sub(predicted.y1, target.y1));
    const penalty = (difference: Tensor, whole: Tensor): Tensor =>
      ratio(square(difference), add(square(whole), measures.ofAreas));
    const ofSizes = add(penalty(wider, width(hull)), penalty(higher, height(hull)));
    return add(measures.loss, add(distancePenalty(overlap, measures), ofSizes));
  },
  { aliases: { eiou: {}, efficientBoxIou: {} } },
);
