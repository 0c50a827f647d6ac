import type { Loss } from '../../definition/definition.js';
import { real } from '../../definition/domain.js';
import { positive } from '../../definition/kinds.js';
import { defineLoss } from '../../loss/define.js';
import { atLeast } from '../../numerics/functions.js';
import { ln } from '../../numerics/log1p.js';
import { representable } from '../../numerics/portable.js';
import { mul } from '../../tfjs/ops.js';
import { ofExamples } from '../common/ofExamples.js';
import { halfRootMeanSquare } from '../common/rootMeanSquare.js';

export interface PsnrOptions {
  /** The range L of the images, from black to white: 1, or 255. Default 1. */
  readonly maxValue: number;
}

/** The least error, as a share of the range: 100 decibels below it. */
const LEAST = 1e-5;

/**
 * Minus the peak signal-to-noise ratio of images: 10·log₁₀(E ÷ L²), with the mean squared error E over pixels and channels,
 * bounded by 1e-10·L² from below, and the range L = `maxValue`.
 *
 * Shapes `(B,H,W,C),(B,H,W,C)->(B)`, channels last. In decibels, from −100 for equal images, whose derivative is 0.
 *
 * @throws if the shapes differ or an option is unknown or out of range.
 * @see Horé & Ziou (2010), doi:10.1109/ICPR.2010.579; Kornia `psnr_loss`; TensorFlow `image.psnr`, which is minus it; both
 * without the bound.
 * @example psnr([[[[0], [1]]]], [[[[0.1], [0.9]]]]) // [-20]
 * @function
 */
export const psnr: Loss<PsnrOptions> = /* @__PURE__ */ defineLoss<PsnrOptions>({
  name: 'psnr',
  aliases: { peakSignalToNoiseRatio: {} },
  signature: '(B,H,W,C),(B,H,W,C)->(B)',
  domains: [real, real],
  options: { maxValue: [1, positive] },
  formula: ({ labels, predictions }, { maxValue }) => {
    const half = ofExamples(halfRootMeanSquare, predictions, labels, null);
    return mul(20 / Math.LN10, ln(atLeast(mul(2 / maxValue, half), representable(LEAST))));
  },
});
