import { minimum, relu, type Tensor } from '@tensorflow/tfjs-core';
import type { PlacesFormula } from '../../call/kernelSlots.js';
import type { Loss } from '../../definition/definition.js';
import { binaryClass, logit } from '../../definition/domain.js';
import { flag, labelOrNull } from '../../definition/kinds.js';
import { defineLoss } from '../../loss/define.js';
import { constant } from '../../numerics/autodiff.js';
import { cast, where } from '../../numerics/portable.js';
import { inRange } from '../../numerics/isClass.js';
import { equal, mul, neg, sub } from '../../tfjs/ops.js';
import { asPixels, pixelsOf, imagesSignature, lovaszExtension, ofImages } from './common/lovasz.js';
import { atPlaces, heavyPixels } from './common/segmentation.js';

export interface LovaszHingeOptions {
  /** Sorts the errors of each image by themselves, which gives one value per example. Default false. */
  readonly perImage: boolean;
  /** A label that marks pixels which do not count. Default null, none. */
  readonly ignoreIndex: number | null;
}

/**
 * Lovász hinge: the Lovász extension of the Jaccard loss over hinge errors e = max(0, 1 − x·(2y − 1)) of logits x for
 * labels y of 0 or 1: Σ_i e_i·ΔJ_i, where ΔJ_i is by how much the Jaccard loss grows as pixel i is got wrong after all
 * those with larger errors.
 *
 * Shapes `(B,...),(B,...)->()`, or `->(B)` with `perImage`. Without unit. In the gradient ΔJ is constant, as it is
 * wherever the order of the errors does not change.
 *
 * Weights of examples, `(B)`, weigh values; with axes of pixels, they multiply the part of each pixel in all sums.
 *
 * @throws if the shapes differ, a label is neither 0 nor 1 nor `ignoreIndex`, or an option is unknown.
 * @see Berman et al. (2018), doi:10.1109/CVPR.2018.00464; segmentation_models_pytorch `LovaszLoss('binary')` and
 * `LovaszLoss('multilabel')`, Kornia `lovasz_hinge_loss`.
 * @example lovaszHinge([[1, 0, 1]], [[0.5, 0.5, 2]]) // 0.6667
 * @function
 */
export const lovaszHinge: Loss<LovaszHingeOptions> = /* @__PURE__ */ defineLoss<LovaszHingeOptions>({
  name: 'lovaszHinge',
  signature: ({ perImage }) => imagesSignature('(B,...),(B,...)', perImage),
  domains: [binaryClass, logit],
  options: { perImage: [false, flag], ignoreIndex: [null, labelOrNull] },
  weighsEntries: true,
  formula: ({ labels, predictions }, { perImage, weights }, valid) => {
    const isPositive = constant(() => equal(labels, 1));
    const given = weights as Tensor | null;
    const places = [cast(labels, 'float32'), heavyPixels(predictions, given, predictions.rank)];
    const pixels = pixelsOf(valid, given, predictions.shape, perImage);
    return ofImages(
      lovaszExtension(
        asPixels(atPlaces(errorsOfEntries, places), perImage, [1]),
        // Errors of 0 may come in any order: fewer numbers differ.
        constant(() => asPixels(atPlaces(orderOfEntries, places), perImage, [1])),
        constant(() => asPixels(isPositive, perImage, [1])),
        pixels,
      ),
      perImage,
    );
  },
});

/** How far a score is on the side of its label. */
const marginOf = (label: Tensor, score: Tensor): Tensor =>
  mul(
    score,
    constant(() => where(inRange(label, 2), sub(mul(2, label), 1), NaN)),
  );

const errorsOfEntries: PlacesFormula = {
  compute: (label, score) => relu(sub(1, marginOf(label, score))),
  isElementwise: true,
};

const orderOfEntries: PlacesFormula = {
  compute: (label, score) => neg(minimum(marginOf(label, score), 1)),
  isElementwise: true,
};
