import type { Loss } from '../../definition/definition.js';
import { real } from '../../definition/domain.js';
import { defineLoss } from '../../loss/define.js';
import { mul, sub } from '../../tfjs/ops.js';

/**
 * Half the squared error: ½·(prediction − label)².
 *
 * Shapes `(...),(...)->(...)`. In the squared units of the labels.
 *
 * @throws if the shapes differ or an option is unknown.
 * @see optax `l2_loss`; summed, TensorFlow `tf.nn.l2_loss` of the error.
 * @example halfSquaredError([0, 1], [3, 1]) // [4.5, 0]
 * @function
 */
export const halfSquaredError: Loss<object> = /* @__PURE__ */ defineLoss<object>({
  name: 'halfSquaredError',
  aliases: { l2Loss: {} },
  signature: '(...),(...)->(...)',
  domains: [real, real],
  options: {},
  formula: ({ labels, predictions }) => {
    const error = sub(predictions, labels);
    return mul(mul(0.5, error), error);
  },
});
