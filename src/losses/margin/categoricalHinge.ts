import type { Loss } from '../../definition/definition.js';
import { distribution, real } from '../../definition/domain.js';
import { axes, margin } from '../../definition/kinds.js';
import type { ClassAxisOption } from '../../definition/sharedOptions.js';
import { defineLoss } from '../../loss/define.js';
import { constant } from '../../numerics/autodiff.js';
import { mulNoNan } from '../../numerics/functions.js';
import { sum } from '../../numerics/sum.js';
import { shortfall } from '../common/classes.js';
import { less, sub } from '../../tfjs/ops.js';

export interface CategoricalHingeOptions extends ClassAxisOption {
  /** How far the score of the true class is to lie above all others. Default 1. */
  readonly margin: number;
}

/**
 * Categorical hinge loss: max(0, m + max_c (1 − y_c)·x_c − Σ_c y_c·x_c), the inner maximum over the classes
 * with y_c < 1. For one-hot labels: how far the best wrong score comes within m of the right one.
 *
 * Shapes `(...,C),(...,C)->(...)`. In the units of the scores. Where there is no wrong class the loss is 0.
 *
 * @throws if the shapes differ or an option is unknown or out of range.
 * @see Keras `CategoricalHinge`, which lets a 0 for the true class into the maximum and so is too large where all
 * scores are negative; Crammer & Singer (2001), Journal of Machine Learning Research 2, 265-292.
 * @example categoricalHinge([[0, 1]], [[0.5, 1]]) // [0.5]
 * @function
 */
export const categoricalHinge: Loss<CategoricalHingeOptions> = /* @__PURE__ */ defineLoss<CategoricalHingeOptions>({
  name: 'categoricalHinge',
  // Keras takes the true class for a wrong one with the score 0.
  keras: { className: 'CategoricalHinge', options: {}, can: () => false },
  signature: '(...,C),(...,C)->(...)',
  domains: [distribution, real],
  options: { margin: [1, margin], axis: [-1, axes] },
  formula: ({ labels, predictions }, { margin }) => {
    const isWrong = constant(() => less(labels, 1));
    const right = sum(mulNoNan(labels, predictions), -1);
    return shortfall(right, mulNoNan(sub(1, labels), predictions), isWrong, margin);
  },
});
