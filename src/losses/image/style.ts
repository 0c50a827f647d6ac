import type { Tensor } from '@tensorflow/tfjs-core';
import { matMul } from '../../numerics/matMul.js';
import type { Loss } from '../../definition/definition.js';
import { real } from '../../definition/domain.js';
import { defineLoss } from '../../loss/define.js';
import { constant, withGradients } from '../../numerics/autodiff.js';
import { abs, atLeast, maximum } from '../../numerics/functions.js';
import { isHalf, transpose } from '../../numerics/portable.js';
import { sum } from '../../numerics/sum.js';
import { add, div, max, mul, neg, reshape, square, sub } from '../../tfjs/ops.js';

/**
 * Style loss of features x and y of two images, such as those of a layer of a trained network: the mean over all pairs of
 * channels of (G_x − G_y)², with the Gram matrices G = Σ x·xᵀ ÷ (H·W·C) of the products of channels, over pixels.
 *
 * Shapes `(B,H,W,C),(B,H,W,C)->(B)`, channels last. In the fourth power of the units of the features.
 *
 * @throws if the shapes differ or an option is unknown.
 * @see Gatys et al. (2016), doi:10.1109/CVPR.2016.265, which divides by other constants; PyTorch's tutorial of neural style
 * transfer.
 * @example style([[[[1, 2]]]], [[[[1, 1]]]]) // [0.6875]
 * @function
 */
export const style: Loss<object> = /* @__PURE__ */ defineLoss<object>({
  name: 'style',
  aliases: { gram: {} },
  signature: '(B,H,W,C),(B,H,W,C)->(B)',
  domains: [real, real],
  options: {},
  formula: ({ labels, predictions }) => {
    const [batch = 1, height = 1, width = 1, channels = 1] = labels.shape;
    const pixels = (x: Tensor): Tensor => reshape(x, [batch, height * width, channels]);
    return meanSquaredGap(pixels(labels), pixels(predictions));
  },
});

/** The mean square of what the Gram matrices of `[B, N, C]` differ by, where no number but the result is beyond float32. */
const meanSquaredGap = /* @__PURE__ */ withGradients(
  (x, y) => {
    const { gaps, scale } = gramGaps(x, y);
    return timesPower(sum(square(gaps), [1, 2]), reshape(scale, [-1]), 4);
  },
  (dy, x, y) => {
    const { gaps, scale, scaled } = gramGaps(x, y);
    const [, pixels = 1, channels = 1] = x.shape;
    const factor = mul(4 / (channels * Math.sqrt(pixels * channels)), reshape(dy, [-1, 1, 1]));
    const slopes = (z: Tensor): Tensor => timesPower(mul(factor, matMul(scaled(z), gaps)), scale, 3);
    return [slopes(x), neg(slopes(y))];
  },
);

/** What the Gram matrices of features divided by a scale differ by, ÷ C. */
interface GramGaps {
  readonly gaps: Tensor;
  /** One number for each example, `[B, 1, 1]`: 1, unless the features are far out of range. */
  readonly scale: Tensor;
  /** Features ÷ (scale·√(N·C)). */
  readonly scaled: (features: Tensor) => Tensor;
}

function gramGaps(x: Tensor, y: Tensor): GramGaps {
  const [, pixels = 1, channels = 1] = x.shape;
  const scale = scaleOf(x, y);
  const inverse = div(1 / Math.sqrt(pixels * channels), scale);
  const scaled = (features: Tensor): Tensor => mul(inverse, features);
  const [u, v] = [scaled(x), scaled(y)];
  // uᵀu − vᵀv, with all digits of what u and v differ by.
  const products = matMul(sub(u, v), add(u, v), true, false);
  const gaps = mul(0.5 / channels, add(products, transpose(products, [0, 2, 1])));
  return { gaps, scale, scaled };
}

/** By what features are divided so that the squares of their products are float32. */
function scaleOf(x: Tensor, y: Tensor): Tensor {
  const most = isHalf() ? 10 : 1e9;
  const largest = (features: Tensor): Tensor => max(abs(features), [1, 2], true);
  return constant(() => atLeast(mul(1 / most, maximum(largest(x), largest(y))), 1));
}

/** x·sⁿ, which is 0 where x is, also where sⁿ is beyond float32. */
const timesPower = (x: Tensor, s: Tensor, n: number): Tensor => (n === 0 ? x : timesPower(mul(x, s), s, n - 1));
