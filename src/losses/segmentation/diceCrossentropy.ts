import type { Tensor } from '@tensorflow/tfjs-core';
import { ofMasks } from '../../call/oneHot.js';
import type { Loss } from '../../definition/definition.js';
import { logit, probability } from '../../definition/domain.js';
import { nonNegative } from '../../definition/kinds.js';
import { defineLoss } from '../../loss/define.js';
import { quotient } from '../../numerics/quotient.js';
import { sum } from '../../numerics/sum.js';
import { add, mul } from '../../tfjs/ops.js';
import { crossentropyTerms } from './common/crossentropyTerms.js';
import { lossOfOverlaps, overlapOptions, type OverlapOptions, overlapUses } from './common/overlap.js';
import { overlapTerms } from './common/overlapTerms.js';
import { exampleOrBatch, segmentationSignature } from './common/segmentation.js';
import { ofSums } from './common/summed.js';

export interface DiceCrossentropyOptions extends Omit<OverlapOptions, 'axis'> {
  /** Over what is summed: `'example'` (default) gives one value per example, `'batch'` one for all. */
  readonly axis: 'example' | 'batch';
  /** Factor λ of the Dice loss. Default 1. */
  readonly diceWeight: number;
  /** Factor μ of the cross-entropy. Default 1. */
  readonly crossentropyWeight: number;
}

/**
 * Dice loss and cross-entropy: λ·D + μ·H, where D is `dice`, and H is the mean over the pixels of −Σ_c y_c·ln p_c; with a
 * single class, or `activation: 'sigmoid'`, the mean over pixels and classes of −y·ln p − (1 − y)·ln(1 − p).
 *
 * Shapes `(B,...,C),(B,...,C)->(B)`, or `->()` with `axis: 'batch'`. Labels may be class indices `(B,...)`, or with a
 * single class the mask itself. In nats.
 *
 * Class weights w weigh both: H is then Σ w_y·h ÷ Σ w_y over the pixels. `classes`, `absentClasses`, `smooth`, `logLoss`,
 * `intersection` and `squared` are about D only. Probabilities are taken as they are, and their logarithms bounded at `epsilon`.
 *
 * Weights of examples, `(B)`, weigh values; with axes of pixels, they multiply the part of each pixel in all sums.
 *
 * A mask `(B,...)` removes pixels, one of the shape of the predictions single entries.
 *
 * @throws if the shapes do not fit, a label is no class index and not `ignoreIndex`, or an option is unknown or out of
 * range.
 * @see Isensee et al. (2021), doi:10.1038/s41592-020-01008-z, nnU-Net; MONAI `DiceCELoss`, whose smooth is twice this one.
 * @example diceCrossentropy([[0, 1, 1]], [[[0.5], [0.5], [1]]], { smooth: 0 }) // [0.7121]
 * @function
 */
export const diceCrossentropy: Loss<DiceCrossentropyOptions> = /* @__PURE__ */ defineLoss<DiceCrossentropyOptions>({
  name: 'diceCrossentropy',
  aliases: { diceCE: { fromLogits: true } },
  signature: ({ axis }, rank) => segmentationSignature('diceCrossentropy', axis, rank),
  domains: ({ fromLogits }) => [probability, fromLogits ? logit : probability],
  takesIndices: ofMasks,
  options: {
    ...overlapOptions,
    axis: ['example', exampleOrBatch],
    diceWeight: [1, nonNegative],
    crossentropyWeight: [1, nonNegative],
  },
  weighsEntries: true,
  .../* @__PURE__ */ ofSums<DiceCrossentropyOptions>({
    name: 'diceCrossentropy',
    uses: [...overlapUses, 'classWeights', 'epsilon'],
    terms: (inputs, options, valid, chosen) => [
      ...overlapTerms(inputs, options, options, valid, chosen),
      ...crossentropyTerms(inputs, options, valid),
    ],
    loss: (sums, options, facts) => {
      const overlap = lossOfOverlaps(sums, options, { alpha: 0.5, beta: 0.5 }, facts);
      const [total, mass] = sums
        .each()
        .slice(4, 6)
        .map((x) => sum(x, -1)) as [Tensor, Tensor];
      return add(mul(options.diceWeight, overlap.values), mul(options.crossentropyWeight, quotient(total, mass)));
    },
  }),
});
