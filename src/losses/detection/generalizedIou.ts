import type { Loss } from '../../definition/definition.js';
import { add, div, sub } from '../../tfjs/ops.js';
import { area, type BoxOptions, defineBoxLoss } from './common/boxes.js';

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
  ({ hull, union }, epsilon) => div(sub(area(hull), union), add(area(hull), epsilon)),
  { aliases: { giou: {}, generalizedBoxIou: {} } },
);
