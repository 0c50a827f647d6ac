import type { Loss } from '../../definition/definition.js';
import { real } from '../../definition/domain.js';
import { defineLoss } from '../../loss/define.js';
import { oneMinusCosine } from '../../numerics/cosine.js';
import { cosineOptions, type CosineOptions } from './common/cosineOptions.js';

/**
 * Cosine distance: 1 − ⟨y, p⟩ ÷ (‖y‖·‖p‖), from 0 (same direction) to 2 (opposite).
 *
 * Shapes `(...,D),(...,D)->(...)`. Without unit.
 *
 * @throws if the shapes differ or an option is unknown or out of range.
 * @see optax `cosine_distance`; tf.losses `cosineDistance`, which takes vectors to be of length 1 and is wrong
 * for all others.
 * @example cosineDistance([[3, 4]], [[4, 3]]) // [0.04]
 * @function
 */
export const cosineDistance: Loss<CosineOptions> = /* @__PURE__ */ defineLoss<CosineOptions>({
  name: 'cosineDistance',
  signature: '(...,D),(...,D)->(...)',
  domains: [real, real],
  options: cosineOptions,
  formula: ({ labels, predictions }, { epsilon }) => oneMinusCosine(labels, predictions, epsilon),
});
