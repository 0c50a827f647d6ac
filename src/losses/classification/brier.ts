import type { Loss } from '../../definition/definition.js';
import { distribution } from '../../definition/domain.js';
import { axes } from '../../definition/kinds.js';
import type { ClassAxisOption } from '../../definition/sharedOptions.js';
import { defineLoss } from '../../loss/define.js';
import { sum } from '../../numerics/sum.js';
import { square, sub } from '../../tfjs/ops.js';

/**
 * Brier score of a distribution: Σ_c (p_c − y_c)², from 0 to 2.
 *
 * Shapes `(...,C),(...,C)->(...)`. Without unit.
 *
 * @throws if the shapes differ or an option is unknown or out of range.
 * @see Brier (1950), doi:10.1175/1520-0493(1950)078<0001:VOFEIT>2.0.CO;2; scikit-learn `brier_score_loss`.
 * @example brier([[1, 0]], [[0.75, 0.25]]) // [0.125]
 * @function
 */
export const brier: Loss<ClassAxisOption> = /* @__PURE__ */ defineLoss<ClassAxisOption>({
  name: 'brier',
  aliases: { brierScore: {} },
  signature: '(...,C),(...,C)->(...)',
  domains: [distribution, distribution],
  range: null,
  options: { axis: [-1, axes] },
  formula: ({ labels, predictions }) => sum(square(sub(predictions, labels)), -1),
});
