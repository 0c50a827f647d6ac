import { all, concat, type Tensor } from '@tensorflow/tfjs-core';
import type { Loss } from '../../definition/definition.js';
import { real } from '../../definition/domain.js';
import { positiveNumbers } from '../../definition/kinds.js';
import { defineLoss } from '../../loss/define.js';
import { constant } from '../../numerics/autodiff.js';
import { expm1 } from '../../numerics/functions.js';
import { log1p } from '../../numerics/log1p.js';
import { where } from '../../numerics/portable.js';
import { mean, sum } from '../../numerics/sum.js';
import { expandDims, less, mul, neg, tensor } from '../../tfjs/ops.js';
import { halved } from './common/halved.js';
import {
  dissimilarities,
  dissimilarity,
  dissimilarityOfStructure,
  meanOfPixels,
  refuseSmall,
  ssimOptions,
  type SsimOptions,
} from './common/similarity.js';

export interface MsSsimOptions extends SsimOptions {
  /**
   * The powers of the scales, from the images themselves to the coarsest. Default [0.0448, 0.2856, 0.3001, 0.2363, 0.1333].
   */
  readonly powerFactors: readonly number[];
}

/**
 * Structural dissimilarity of images at several scales, as a mean over channels: 1 − Π_m s_m^(w_m), one minus MS-SSIM, with
 * the powers w = `powerFactors`. At each scale but the coarsest, s is the mean over windows of contrast and structure,
 * (2·σ_xy + c₂) ÷ (σ_x² + σ_y² + c₂), at the coarsest that of the whole similarity (`ssim`); bounded by 0 from below.
 *
 * Shapes `(B,H,W,C),(B,H,W,C)->(B)`, channels last. Without unit, from 0 to 1: 0 for equal images.
 *
 * Each scale has the means of two by two pixels of the one before; of an odd number of rows or columns the last one is
 * repeated. Windows lie wholly inside the images, which at the coarsest scale of the default five are a sixteenth as large.
 *
 * @throws if the shapes differ, images are smaller than a window at a scale, or an option is unknown or out of range.
 * @see Wang et al. (2003), doi:10.1109/ACSSC.2003.1292216; TensorFlow `image.ssim_multiscale` and pytorch-msssim `ms_ssim`,
 * which are one minus it.
 * @example msSsim([[[[0], [1]], [[1], [0]]]], [[[[0], [1]], [[1], [0.5]]]], { filterSize: 1, powerFactors: [0.5, 0.5] }) // [0.0123]
 * @function
 */
export const msSsim: Loss<MsSsimOptions> = /* @__PURE__ */ defineLoss<MsSsimOptions>({
  name: 'msSsim',
  aliases: { multiscaleSsim: {} },
  signature: '(B,H,W,C),(B,H,W,C)->(B)',
  domains: [real, real],
  options: {
    ...ssimOptions,
    powerFactors: [[0.0448, 0.2856, 0.3001, 0.2363, 0.1333], positiveNumbers],
  },
  formula: ({ labels, predictions }, options) => {
    const { powerFactors } = options;
    const coarsest = powerFactors.length - 1;
    refuseSmall('msSsim', labels, options, coarsest);
    const lacks = dissimilarities(labels, predictions, options, powerFactors.length, (given) => {
      let images = given;
      const ofScales = powerFactors.map((_, scale) => {
        if (scale > 0) images = { ...images, all: halved(images.all) };
        const ofWindows = (scale < coarsest ? dissimilarityOfStructure : dissimilarity)(images, options);
        return expandDims(meanOfPixels(ofWindows), -1);
      });
      return concat(ofScales, -1);
    });
    return mean(lackOfProduct(lacks, powerFactors), -1);
  },
});

/** 1 − Π (1 − l)^w of the lacks l of a row, each bounded by 1, with all digits where they are small. */
function lackOfProduct(lacks: Tensor, powers: readonly number[]): Tensor {
  const isWhole = constant(() => all(less(lacks, 1), -1));
  const small = where(expandDims(isWhole, -1), lacks, 0);
  const logarithm = sum(mul(log1p(neg(small)), tensor([...powers])), -1);
  return where(isWhole, neg(expm1(logarithm)), 1);
}
