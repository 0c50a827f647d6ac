import type { Loss } from '../../definition/definition.js';
import { real } from '../../definition/domain.js';
import { defineLoss } from '../../loss/define.js';
import { cosine } from '../../numerics/cosine.js';
import { neg } from '../../tfjs/ops.js';
import { cosineOptions, type CosineOptions } from './common/cosineOptions.js';

/**
 * Negative cosine similarity: −⟨y, p⟩ ÷ (‖y‖·‖p‖), from −1 (same direction) to 1 (opposite), as a loss to be minimised.
 *
 * Shapes `(...,D),(...,D)->(...)`. Without unit.
 *
 * @throws if the shapes differ or an option is unknown or out of range.
 * @see Keras `CosineSimilarity`; tfjs-layers `cosineProximity`. `cosineDistance` is 1 more.
 * @example cosineSimilarity([[3, 4]], [[4, 3]]) // [-0.96]
 * @function
 */
export const cosineSimilarity: Loss<CosineOptions> = /* @__PURE__ */ defineLoss<CosineOptions>({
  name: 'cosineSimilarity',
  aliases: { cosineProximity: {}, cosine: {} },
  keras: { className: 'CosineSimilarity', options: { axis: 'axis' } },
  signature: '(...,D),(...,D)->(...)',
  domains: [real, real],
  options: cosineOptions,
  formula: ({ labels, predictions }, { epsilon }) => neg(cosine(labels, predictions, epsilon)),
});
