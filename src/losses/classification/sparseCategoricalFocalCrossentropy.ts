import type { Loss } from '../../definition/definition.js';
import { classIndex, distribution, logit } from '../../definition/domain.js';
import { defineLoss } from '../../loss/define.js';
import { NORMALIZED } from '../common/classes.js';
import { categoricalFocalOptions, sparseCategoricalFocal, type CategoricalFocalOptions } from './common/focal.js';

/**
 * Categorical focal cross-entropy of labels given as class indices y: −α_y·(1 − p_y)^γ·ln p_y. The value is that of
 * `categoricalFocalCrossentropy` with one-hot labels, also with `labelSmoothing`.
 *
 * Shapes `(...),(...,C)->(...)`; labels may have a last axis of 1. In nats.
 *
 * @throws if the shapes do not fit, a label is no class index and not `ignoreIndex`, or an option is unknown or
 * out of range. Labels that lie on a GPU are checked with `validate: true`; a bad one gives NaN otherwise.
 * @see Lin et al. (2017), doi:10.1109/ICCV.2017.324.
 * @example sparseCategoricalFocalCrossentropy([1], [[0.5, 0.5]]) // [0.0433]
 * @function
 */
export const sparseCategoricalFocalCrossentropy: Loss<CategoricalFocalOptions> =
  /* @__PURE__ */ defineLoss<CategoricalFocalOptions>({
    name: 'sparseCategoricalFocalCrossentropy',
    sibling: 'categoricalFocalCrossentropy',
    signature: '(...),(...,C)->(...)',
    domains: ({ fromLogits }) => [classIndex, fromLogits ? logit : distribution],
    range: NORMALIZED,
    options: categoricalFocalOptions,
    formula: ({ labels, predictions }, options) => sparseCategoricalFocal(labels, predictions, options),
  });
