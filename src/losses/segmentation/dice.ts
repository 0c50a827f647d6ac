import { ofMasks } from '../../call/oneHot.js';
import type { Loss } from '../../definition/definition.js';
import { logit, probability } from '../../definition/domain.js';
import { defineLoss } from '../../loss/define.js';
import { overlapConflict, overlapInKeras, overlapLoss, overlapOptions, type OverlapOptions } from './common/overlap.js';
import { segmentationSignature } from './common/segmentation.js';

/**
 * Dice loss: of each class 1 − (I + s) ÷ max(½·(P + T) + s, ε), where I = Σ y·p is the overlap of labels and
 * predictions, T = Σ y and P = Σ p are their sizes and s = `smooth`; the mean over the classes.
 *
 * Shapes `(B,...,C),(B,...,C)->(B)`, or `->()` with `axis: 'batch'` or `'all'`; a list of axes leaves all others. Labels may be
 * class indices `(B,...)`, or with a single class the mask itself. Without unit, from 0 to 1, unless `logLoss`.
 *
 * Weights of examples, `(B)`, weigh values; with axes of pixels, they multiply the part of each pixel in all sums.
 *
 * A mask `(B,...)` removes pixels, one of the shape of the predictions single entries.
 *
 * @throws if the shapes do not fit, a label is no class index and not `ignoreIndex`, or an option is unknown or out of
 * range.
 * @see Milletari et al. (2016), doi:10.1109/3DV.2016.79; Keras `Dice` (`axis: 'all'`, `smooth: 0`), optax `dice_loss`,
 * segmentation_models_pytorch `DiceLoss` (`axis: 'batch'`, `smooth: 0`, `absentClasses: 'zero'`,
 * `intersection: 'minimum'`), MONAI `DiceLoss`.
 * @example dice([[0, 1, 1]], [[[0.5], [0.5], [1]]], { smooth: 0 }) // [0.25]
 * @function
 */
export const dice: Loss<OverlapOptions> = /* @__PURE__ */ defineLoss<OverlapOptions>({
  name: 'dice',
  aliases: { binaryDice: { fromLogits: true, smooth: 1 } },
  keras: { className: 'Dice', options: { axis: 'axis' }, ...overlapInKeras },
  signature: ({ axis }, rank) => segmentationSignature('dice', axis, rank),
  domains: ({ fromLogits }) => [probability, fromLogits ? logit : probability],
  takesIndices: ofMasks,
  options: overlapOptions,
  check: overlapConflict,
  weighsEntries: true,
  .../* @__PURE__ */ overlapLoss<OverlapOptions>('dice', { alpha: 0.5, beta: 0.5 }),
});
