import type { Loss } from '../../definition/definition.js';
import { real } from '../../definition/domain.js';
import { defineLoss } from '../../loss/define.js';
import { mul } from '../../tfjs/ops.js';
import { ofExamples } from '../common/ofExamples.js';
import { halfRootMeanSquare } from '../common/rootMeanSquare.js';

/**
 * Root of the mean squared error of an example: √(Σᵢ dᵢ² ÷ n) of its n entries, with the errors d = prediction − label. Its
 * gradient is 0 where it is 0.
 *
 * Shapes `(B,...),(B,...)->(B)`; a mask removes entries, `(B,...)`. In the units of the labels.
 *
 * The root is that of each example: the root of the mean over a batch is that of `meanSquaredError`.
 *
 * @throws if the shapes differ or an option is unknown.
 * @see torchmetrics `mean_squared_error` with `squared=False`; Keras has it as a metric, `RootMeanSquaredError`.
 * @example rootMeanSquaredError([[0, 0], [1, 1]], [[3, 4], [1, 1]]) // [3.5355, 0]
 * @function
 */
export const rootMeanSquaredError: Loss<object> = /* @__PURE__ */ defineLoss<object>({
  name: 'rootMeanSquaredError',
  aliases: { rmse: {} },
  signature: '(B,...),(B,...)->(B,...)->(B)',
  domains: [real, real],
  options: {},
  formula: ({ labels, predictions }, _, valid) => mul(2, ofExamples(halfRootMeanSquare, predictions, labels, valid)),
});
