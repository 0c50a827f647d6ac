import type { Loss } from '../../definition/definition.js';
import { nonNegative } from '../../definition/domain.js';
import { positive } from '../../definition/kinds.js';
import { defineLoss } from '../../loss/define.js';
import { bounded } from '../../numerics/functions.js';
import { logRatio } from '../../numerics/logRatio.js';
import { square } from '../../tfjs/ops.js';

export interface LogarithmicErrorOptions {
  /** Lower bound of labels and predictions. Default 1e-7. */
  readonly epsilon: number;
}

/**
 * Mean squared logarithmic error: (ln(1 + max(prediction, ε)) − ln(1 + max(label, ε)))². Below ε, where Keras has no
 * gradient, it is that of ln(1 + ε).
 *
 * Shapes `(...),(...)->(...)`. Without unit.
 *
 * @throws if the shapes differ, `epsilon` is not positive or an option is unknown.
 * @see Keras `MeanSquaredLogarithmicError`, scikit-learn `mean_squared_log_error`.
 * @example meanSquaredLogarithmicError([0, 3], [1, 3]) // [0.4805, 0]
 * @function
 */
export const meanSquaredLogarithmicError: Loss<LogarithmicErrorOptions> =
  /* @__PURE__ */ defineLoss<LogarithmicErrorOptions>({
    name: 'meanSquaredLogarithmicError',
    aliases: { msle: {} },
    keras: { className: 'MeanSquaredLogarithmicError', options: {} },
    signature: '(...),(...)->(...)',
    domains: [nonNegative, nonNegative],
    range: null,
    options: { epsilon: [1e-7, positive] },
    formula: ({ labels, predictions }, { epsilon }) =>
      square(logRatio(bounded(predictions, epsilon), bounded(labels, epsilon), 1)),
  });
