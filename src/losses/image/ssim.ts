import { concat, split, type Tensor } from '@tensorflow/tfjs-core';
import type { Loss } from '../../definition/definition.js';
import { real } from '../../definition/domain.js';
import { fail, show } from '../../definition/fail.js';
import { positive, positiveInteger, within } from '../../definition/kinds.js';
import { defineLoss } from '../../loss/define.js';
import { constant } from '../../numerics/autodiff.js';
import { abs, atLeast } from '../../numerics/functions.js';
import { isHalf } from '../../numerics/portable.js';
import { ratio } from '../../numerics/quotient.js';
import { sum } from '../../numerics/sum.js';
import { add, div, max, mul, square, sub } from '../../tfjs/ops.js';
import { gaussianWindow, windowMeans, windowVariances } from './common/windows.js';

export interface SsimOptions {
  /** The range of the images, from black to white: 1, or 255. Default 1. */
  readonly maxValue: number;
  /** How many pixels wide and high a window is. Default 11. */
  readonly filterSize: number;
  /** The standard deviation of the Gaussian weights of a window, in pixels. Default 1.5. */
  readonly filterSigma: number;
  /** Keeps the comparison of means stable, as a share of `maxValue`. Default 0.01. */
  readonly k1: number;
  /** Keeps the comparison of variances stable, as a share of `maxValue`. Default 0.03. */
  readonly k2: number;
}

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
  options: {
    maxValue: [1, positive],
    filterSize: [11, positiveInteger],
    filterSigma: [1.5, positive],
    k1: [0.01, within(1e-10, 1e10)],
    k2: [0.03, within(1e-10, 1e10)],
  },
  formula: ({ labels, predictions }, { maxValue, filterSize, filterSigma, k1, k2 }) => {
    const [, height = 0, width = 0] = labels.shape;
    if (Math.min(height, width) < filterSize) {
      fail(
        'ssim',
        `images have shape ${show(labels.shape)}; expected at least filterSize = ${filterSize} pixels each way`,
      );
    }
    const window = gaussianWindow(filterSize, filterSigma);
    const [x, y] = [labels, predictions].map((images) => div(images, maxValue)) as [Tensor, Tensor];
    const scale = scaleOf(x, y);
    const stable = (k: number): Tensor => constant(() => atLeast(square(div(k, scale)), LEAST));
    const all = div(concat([x, y, sub(x, y)], 0), concat([scale, scale, scale], 0));
    const ofEach = (moments: Tensor): Tensor[] => split(moments, 3, 0);
    // Of almost equal images both are almost 0, with all digits.
    const luminance = dissimilarity(ofEach(windowMeans(all, window)).map(square), stable(k1));
    const structure = dissimilarity(ofEach(windowVariances(all, window)), stable(k2));
    const losses = add(luminance, mul(sub(1, luminance), structure));
    const [, rows = 0, columns = 0, channels = 0] = losses.shape;
    return mul(sum(losses, [1, 2, 3]), 1 / (rows * columns * channels));
  },
});

/** d² ÷ (x² + y² + c) of squares of x, of y and of what they differ by. */
const dissimilarity = ([x, y, difference]: Tensor[], c: Tensor): Tensor =>
  ratio(difference as Tensor, add(add(x as Tensor, y as Tensor), c));

/** Below it a divisor has a reciprocal that is not float32. */
const LEAST = 1e-37;

/** By what images are divided, one number each, so that squares are float32: 1, unless they are far out of range. */
function scaleOf(x: Tensor, y: Tensor): Tensor {
  const most = isHalf() ? 100 : 1e9;
  return constant(() => {
    const sizes = [x, y].map((images) => max(abs(images), [1, 2, 3], true));
    return atLeast(div(max(concat(sizes, -1), -1, true), most), 1);
  });
}
