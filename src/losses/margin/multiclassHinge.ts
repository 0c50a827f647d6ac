import type { Loss } from '../../definition/definition.js';
import { classIndex, real } from '../../definition/domain.js';
import { axes, margin } from '../../definition/kinds.js';
import type { ClassAxisOption } from '../../definition/sharedOptions.js';
import { defineLoss } from '../../loss/define.js';
import { shortfallOfClass } from '../common/classes.js';

export interface MulticlassHingeOptions extends ClassAxisOption {
  /** How far the score of the true class is to lie above all others. Default 1. */
  readonly margin: number;
}

/**
 * Multiclass hinge loss of scores x for a class index y: max(0, m + max_{j≠y} x_j − x_y): how far the best wrong score comes
 * within m of the right one.
 *
 * Shapes `(...),(...,C)->(...)`. In the units of the scores. Where there is no other class it is 0.
 *
 * @throws if the shapes do not fit, a label is no class index, or an option is unknown or out of range.
 * @see Crammer & Singer (2001), Journal of Machine Learning Research 2, 265-292; optax `multiclass_hinge_loss`.
 * @example multiclassHinge([1], [[0.5, 1]]) // [0.5]
 * @function
 */
export const multiclassHinge: Loss<MulticlassHingeOptions> = /* @__PURE__ */ defineLoss<MulticlassHingeOptions>({
  name: 'multiclassHinge',
  signature: '(...),(...,C)->(...)',
  domains: [classIndex, real],
  options: { margin: [1, margin], axis: [-1, axes] },
  formula: ({ labels, predictions }, { margin }) => shortfallOfClass(labels, predictions, margin),
});
