import type { Loss } from '../../definition/definition.js';
import { classIndex, real } from '../../definition/domain.js';
import { axes } from '../../definition/kinds.js';
import type { ClassAxisOption } from '../../definition/sharedOptions.js';
import { defineLoss } from '../../loss/define.js';
import { shortfallOfClass } from '../common/classes.js';

/**
 * Multiclass perceptron loss of scores x for a class index y: max(0, max_{j≠y} x_j − x_y).
 *
 * Shapes `(...),(...,C)->(...)`. In the units of the scores. Where there is no other class it is 0.
 *
 * @throws if the shapes do not fit, a label is no class index, or an option is unknown or out of range.
 * @see Collins (2002), doi:10.3115/1118693.1118694; optax `multiclass_perceptron_loss`.
 * @example multiclassPerceptron([0, 1], [[1, 3], [1, 3]]) // [2, 0]
 * @function
 */
export const multiclassPerceptron: Loss<ClassAxisOption> = /* @__PURE__ */ defineLoss<ClassAxisOption>({
  name: 'multiclassPerceptron',
  signature: '(...),(...,C)->(...)',
  domains: [classIndex, real],
  options: { axis: [-1, axes] },
  formula: ({ labels, predictions }) => shortfallOfClass(labels, predictions, 0),
});
