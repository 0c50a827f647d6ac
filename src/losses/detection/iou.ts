import type { Loss } from '../../definition/definition.js';
import { type BoxOptions, defineBoxLoss } from './common/boxes.js';

/**
 * Intersection over union of a target box and a predicted one, as a loss: 1 − I/(U + ε). Boxes that do not meet have
 * no gradient; the losses that follow from it have one.
 *
 * Shapes `(...,4),(...,4)->(...)`. Without unit, from 0 to 1.
 *
 * @throws if the shapes differ or an option is unknown or out of range.
 * @see Yu et al. (2016), doi:10.1145/2964284.2967274.
 * @example iou([[0, 0, 2, 2]], [[0, 0, 2, 4]]) // [0.5]
 * @function
 */
export const iou: Loss<BoxOptions> = /* @__PURE__ */ defineBoxLoss('iou', (_, { loss }) => loss);
