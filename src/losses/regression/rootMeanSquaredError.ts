import { onesLike, sqrt } from '@tensorflow/tfjs-core';
import type { Loss } from '../../definition/definition.js';
import { real } from '../../definition/domain.js';
import { defineLoss } from '../../loss/define.js';
import { halfDifference } from '../../numerics/difference.js';
import { atLeast } from '../../numerics/functions.js';
import { where } from '../../numerics/portable.js';
import { ofRank } from '../../numerics/positions.js';
import { countNonzero } from '../../numerics/quotient.js';
import { lengthOf } from '../../numerics/unitVector.js';
import { broadcastTo, div, mul, reshape } from '../../tfjs/ops.js';

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
  formula: ({ labels, predictions }, _, valid) => {
    const { shape, rank, size } = labels;
    const [batch = 1] = shape;
    const rows = [batch, size / batch];
    const halves = reshape(halfDifference(predictions, labels), rows);
    const counts = valid && reshape(broadcastTo(ofRank(valid, rank), shape), rows);
    const n = reshape(countNonzero(counts ?? onesLike(halves), [1]), [batch, 1]);
    // Divided first: the length may be beyond float32.
    return mul(2, lengthOf(div(counts ? where(counts, halves, 0) : halves, sqrt(atLeast(n, 1)))));
  },
});
