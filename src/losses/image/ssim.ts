import type { Loss } from '../../definition/definition.js';
import { real } from '../../definition/domain.js';
import { defineLoss } from '../../loss/define.js';
import { mean } from '../../numerics/sum.js';
import { expandDims, reshape } from '../../tfjs/ops.js';
import {
  dissimilarities,
  dissimilarity,
  meanOfPixels,
  refuseSmall,
  ssimOptions,
  type SsimOptions,
} from './common/similarity.js';

/**
 * Structural dissimilarity of images x and y, 1 − SSIM: one minus the mean, over windows and channels, of
 * (2·μ_x·μ_y + c₁)·(2·σ_xy + c₂) ÷ ((μ_x² + μ_y² + c₁)·(σ_x² + σ_y² + c₂)) with the means, variances and covariance under
 * the Gaussian weights of a window, c₁ = (k₁·L)² and c₂ = (k₂·L)², L = `maxValue`.
 *
 * Shapes `(B,H,W,C),(B,H,W,C)->(B)`, channels last. Without unit, from 0 to 2: 0 for equal images.
 *
 * Windows lie wholly inside the images.
 *
 * @throws if the shapes differ, images are smaller than a window, or an option is unknown or out of range.
 * @see Wang et al. (2004), doi:10.1109/TIP.2003.819861; TensorFlow `image.ssim` and pytorch-msssim `ssim`, which are one
 * minus it.
 * @example ssim([[[[0], [1]], [[1], [0]]]], [[[[0], [1]], [[1], [0.5]]]], { filterSize: 2 }) // [0.1326]
 * @function
 */
export const ssim: Loss<SsimOptions> = /* @__PURE__ */ defineLoss<SsimOptions>({
  name: 'ssim',
  signature: '(B,H,W,C),(B,H,W,C)->(B)',
  domains: [real, real],
  options: ssimOptions,
  formula: ({ labels, predictions }, options) => {
    refuseSmall('ssim', labels, options);
    const ofPixels = dissimilarities(labels, predictions, options, 1, (images) =>
      expandDims(meanOfPixels(dissimilarity(images, options)), -1),
    );
    return reshape(mean(ofPixels, 1), [ofPixels.shape[0]]);
  },
});
