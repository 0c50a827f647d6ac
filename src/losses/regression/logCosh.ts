import type { Loss } from '../../definition/definition.js';
import { real } from '../../definition/domain.js';
import { defineLoss } from '../../loss/define.js';
import { lnCosh } from '../../numerics/functions.js';
import { sub } from '../../tfjs/ops.js';

/**
 * Logarithm of the hyperbolic cosine of the error e = prediction − label: ln cosh e. Like ½e² for small errors, like
 * |e| − ln 2 for large ones, with derivative tanh e.
 *
 * Shapes `(...),(...)->(...)`. In the units of the labels.
 *
 * @throws if the shapes differ or an option is unknown.
 * @see Keras `LogCosh`, optax `log_cosh`.
 * @example logCosh([0, 0], [1, -20]) // [0.4338, 19.3069]
 * @function
 */
export const logCosh: Loss<object> = /* @__PURE__ */ defineLoss<object>({
  name: 'logCosh',
  keras: { className: 'LogCosh', options: {} },
  signature: '(...),(...)->(...)',
  domains: [real, real],
  options: {},
  formula: ({ labels, predictions }) => lnCosh(sub(predictions, labels)),
});
