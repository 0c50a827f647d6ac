import { addN, relu } from '@tensorflow/tfjs-core';
import type { Loss } from '../../definition/definition.js';
import { logit, probability } from '../../definition/domain.js';
import { defineLoss } from '../../loss/define.js';
import { atLeast, atMost, mulNoNan } from '../../numerics/functions.js';
import { add, mul, neg, square, sub } from '../../tfjs/ops.js';

/**
 * Binary sparsemax loss of a logit x: f(x) − y·x, with f(x) = 0 if x ≤ −1, (x + 1)²/4 if x ≤ 1, else x. Its gradient is
 * the probability min(max((x + 1)/2, 0), 1), which can be 0 and 1, less the label.
 *
 * Shapes `(...),(...)->(...)`. Without unit.
 *
 * @throws if the shapes differ or an option is unknown.
 * @see Blondel et al. (2020), Journal of Machine Learning Research 21(35), 1-69; optax `sparsemax_loss`.
 * @example sparsemax([1, 0], [0, 3]) // [0.25, 3]
 * @function
 */
export const sparsemax: Loss<object> = /* @__PURE__ */ defineLoss<object>({
  name: 'sparsemax',
  signature: '(...),(...)->(...)',
  domains: [probability, logit],
  options: {},
  formula: ({ labels, predictions }) => {
    const inner = atMost(atLeast(predictions, -1), 1);
    // f(x) − y·x between −1 and 1, and what there is more of it outside, where an infinite x is certain.
    const bend = sub(mul(0.25, square(add(inner, 1))), mul(labels, inner));
    const above = mulNoNan(sub(1, labels), relu(sub(predictions, 1)));
    const below = mulNoNan(labels, relu(sub(neg(predictions), 1)));
    return addN([bend, above, below]);
  },
});
