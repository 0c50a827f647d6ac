import type { Loss } from '../../definition/definition.js';
import { hingeLabel, real } from '../../definition/domain.js';
import { defineLoss } from '../../loss/define.js';
import { exp } from '../../numerics/functions.js';
import { labelsOption, signedLabels, type SignedLabelsOptions } from '../common/hingeLabels.js';
import { mul, neg } from '../../tfjs/ops.js';

/**
 * Exponential loss: e^(−y·x) for a score x and a label y of −1 or 1, which AdaBoost minimises.
 *
 * Shapes `(...),(...)->(...)`. Without unit.
 *
 * @throws if the shapes differ or an option is unknown or out of range.
 * @see Freund & Schapire (1997), doi:10.1006/jcss.1997.1504; scikit-learn `ExponentialLoss`.
 * @example exponential([1, 0], [0, 1]) // [1, 2.7183]
 * @function
 */
export const exponential: Loss<SignedLabelsOptions> = /* @__PURE__ */ defineLoss<SignedLabelsOptions>({
  name: 'exponential',
  signature: '(...),(...)->(...)',
  domains: [hingeLabel, real],
  options: labelsOption,
  formula: ({ labels, predictions }, options) => exp(neg(mul(signedLabels(labels, options.labels), predictions))),
});
