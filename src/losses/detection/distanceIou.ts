import type { Loss } from '../../definition/definition.js';
import { add } from '../../tfjs/ops.js';
import { type BoxOptions, defineBoxLoss, distancePenalty } from './common/boxes.js';

/**
 * Distance intersection over union of a target box and a predicted one, as a loss: 1 − I/(U + ε) + ρ²/(c² + ε), with ρ
 * the distance of the centers and c the diagonal of the smallest box around both.
 *
 * Shapes `(...,4),(...,4)->(...)`. Without unit, from 0 to 2.
 *
 * @throws if the shapes differ or an option is unknown or out of range.
 * @see Zheng et al. (2020), doi:10.1609/aaai.v34i07.6999; torchvision `distance_box_iou_loss`.
 * @example distanceIou([[0, 0, 1, 1]], [[2, 0, 3, 1]]) // [1.4]
 * @function
 */
export const distanceIou: Loss<BoxOptions> = /* @__PURE__ */ defineBoxLoss(
  'distanceIou',
  (overlap, measures) => add(measures.loss, distancePenalty(overlap, measures)),
  { aliases: { diou: {}, distanceBoxIou: {} } },
);
