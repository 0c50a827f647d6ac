import { argMax, greaterEqual, type Tensor } from '@tensorflow/tfjs-core';
import { ofRank } from '../../numerics/positions.js';
import type { PlacesFormula } from '../../call/kernelSlots.js';
import { ofMasks } from '../../call/oneHot.js';
import type { Loss } from '../../definition/definition.js';
import { distribution, logit } from '../../definition/domain.js';
import { classAxis, classIndices, either, flag, labelOrNull, oneOf } from '../../definition/kinds.js';
import { defineLoss } from '../../loss/define.js';
import { constant } from '../../numerics/autodiff.js';
import { abs } from '../../numerics/functions.js';
import { isClass } from '../../numerics/isClass.js';
import { any, areBoth, representable, where } from '../../numerics/portable.js';
import { add, div, less, neg, sub } from '../../tfjs/ops.js';
import { asPixels, pixelsOf, imagesSignature, lovaszExtension, ofImages } from './common/lovasz.js';
import { meanOverClasses } from './common/overlap.js';
import { activated, atPlaces, chosenClasses, heavyPixels, missing, restOf } from './common/segmentation.js';

export interface LovaszSoftmaxOptions {
  /** The class axis of predictions, and of labels that are no class indices; 1 where channels come first. Default -1. */
  readonly classAxis: number;
  /** Predictions are logits, not probabilities. Default false. */
  readonly fromLogits: boolean;
  /** Which classes count: those that a label has (`'present'`, default), `'all'`, or a list of indices. */
  readonly classes: 'present' | 'all' | readonly number[];
  /** Sorts the errors of each image by themselves, which gives one value per example. Default false. */
  readonly perImage: boolean;
  /** A class index that marks pixels which do not count. Default null, none. */
  readonly ignoreIndex: number | null;
}

/**
 * Lovász-softmax: the mean over the classes of the Lovász extension of the Jaccard loss over the errors e = |y − p| of
 * probabilities p: Σ_i e_i·ΔJ_i, where ΔJ_i is by how much the Jaccard loss of the class grows as pixel i is got wrong after
 * all those with larger errors.
 *
 * Shapes `(B,...,C),(B,...,C)->()`, or `->(B)` with `perImage`; labels may be class indices `(B,...)`, or with a single
 * class the mask itself. The class of a pixel is the one with the greatest label. Without unit, from 0 to 1. In the
 * gradient ΔJ is constant, as it is wherever the order of the errors does not change.
 *
 * Weights of examples, `(B)`, weigh values; with axes of pixels, they multiply the part of each pixel in all sums.
 *
 * @throws if the shapes do not fit, a label is no class index and not `ignoreIndex`, or an option is unknown or out of
 * range.
 * @see Berman et al. (2018), doi:10.1109/CVPR.2018.00464; segmentation_models_pytorch `LovaszLoss('multiclass')`, Kornia
 * `lovasz_softmax_loss`.
 * @example lovaszSoftmax([[0, 1, 1]], [[[0.5, 0.5], [0.75, 0.25], [0, 1]]]) // 0.5417
 * @function
 */
export const lovaszSoftmax: Loss<LovaszSoftmaxOptions> = /* @__PURE__ */ defineLoss<LovaszSoftmaxOptions>({
  name: 'lovaszSoftmax',
  signature: ({ perImage }) => imagesSignature('(B,...,C),(B,...,C)', perImage),
  domains: ({ fromLogits }) => [distribution, fromLogits ? logit : distribution],
  range: null,
  takesIndices: ofMasks,
  options: {
    classAxis: [-1, classAxis],
    fromLogits: [false, flag],
    classes: ['present', /* @__PURE__ */ either(oneOf('present', 'all'), classIndices)],
    perImage: [false, flag],
    ignoreIndex: [null, labelOrNull],
  },
  weighsEntries: true,
  formula: ({ labels, predictions }, { fromLogits, classes, perImage, weights }, valid) => {
    const count = predictions.shape.at(-1) ?? 1;
    const heavy = (x: Tensor): Tensor => heavyPixels(x, weights as Tensor | null, labels.rank - 1);
    const masks = activated(heavy(predictions), { fromLogits, activation: null }, null);
    const [y, p, rest] = [heavy(labels), masks.probabilities, restOf(masks)].map((x) =>
      asPixels(x, perImage, [count]),
    ) as [Tensor, Tensor, Tensor];
    const pixels = pixelsOf(valid, weights as Tensor | null, predictions.shape.slice(0, -1), perImage);
    const counted = pixels.valid;
    const isPositive = constant(() => (count === 1 ? greaterEqual(y, 0.5) : isClass(argMax(y, -1), count)));
    const errors = atPlaces(errorOfEntries, [y, p, rest]);
    const order = constant(() => atPlaces(rankOfEntries, [y, p, rest]));
    const ofClasses = lovaszExtension(errors, order, isPositive, pixels);
    const isThere = (): Tensor => any(counted ? areBoth(isPositive, ofRank(counted, 3)) : isPositive, 1);
    const kept =
      classes === 'present'
        ? constant(isThere)
        : chosenClasses('lovaszSoftmax', classes === 'all' ? null : classes, count);
    return ofImages(meanOverClasses(ofClasses, kept, null), perImage);
  },
});

const errorOf = (y: Tensor, p: Tensor, rest: Tensor): Tensor => abs(missing(y, p, rest));

/**
 * A number that grows with the error e = |y − p|, also among errors close to 1, which are equal in float32 although
 * r = 1 − e differs: −r from ½ on, and −1 ÷ e below.
 */
function rankOf(y: Tensor, p: Tensor, rest: Tensor): Tensor {
  const e = errorOf(y, p, rest);
  const r = where(less(p, y), add(sub(1, y), p), add(y, rest));
  return neg(where(less(e, 0.5), div(1, add(e, representable(1e-37))), r));
}

const errorOfEntries: PlacesFormula = { compute: errorOf, isElementwise: true };
const rankOfEntries: PlacesFormula = { compute: rankOf, isElementwise: true };
