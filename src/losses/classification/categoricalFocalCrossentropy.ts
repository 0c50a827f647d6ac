import { ofClasses } from '../../call/oneHot.js';
import type { Loss } from '../../definition/definition.js';
import { distribution, logit } from '../../definition/domain.js';
import { defineLoss } from '../../loss/define.js';
import { NORMALIZED } from '../common/classes.js';
import { categoricalFocal, categoricalFocalOptions, type CategoricalFocalOptions } from './common/focal.js';

/**
 * Categorical focal cross-entropy of labels given as probabilities (one-hot or soft): −Σ_c α_c·(1 − p_c)^γ·y_c·ln p_c
 * over the class axis, with labels smoothed to (1 − s)·y + s/C.
 *
 * Shapes `(...,C),(...,C)->(...)`; labels may also be class indices `(...)`. In nats.
 *
 * Predictions are probabilities, or logits with `fromLogits`. Probabilities are made to sum to 1; their logarithm, and
 * 1 − p in the derivative of a power below 1, are bounded at `epsilon`.
 *
 * @throws if the shapes differ or an option is unknown or out of range.
 * @see Lin et al. (2017), doi:10.1109/ICCV.2017.324; Keras `CategoricalFocalCrossentropy`.
 * @example categoricalFocalCrossentropy([[0, 1]], [[0.5, 0.5]]) // [0.0433]
 * @function
 */
export const categoricalFocalCrossentropy: Loss<CategoricalFocalOptions> =
  /* @__PURE__ */ defineLoss<CategoricalFocalOptions>({
    name: 'categoricalFocalCrossentropy',
    keras: {
      className: 'CategoricalFocalCrossentropy',
      options: {
        fromLogits: 'from_logits',
        labelSmoothing: 'label_smoothing',
        gamma: 'gamma',
        alpha: 'alpha',
        axis: 'axis',
      },
    },
    signature: '(...,C),(...,C)->(...)',
    takesIndices: ofClasses,
    domains: ({ fromLogits }) => [distribution, fromLogits ? logit : distribution],
    range: NORMALIZED,
    options: categoricalFocalOptions,
    formula: ({ labels, predictions }, options) => categoricalFocal(labels, predictions, options),
  });
