import type { Tensor } from '@tensorflow/tfjs-core';
import { block } from '../../numerics/block.js';
import type { Loss } from '../../definition/definition.js';
import { real } from '../../definition/domain.js';
import type { TensorInput } from '../../definition/tensorInput.js';
import { defineLoss } from '../../loss/define.js';
import { abs } from '../../numerics/functions.js';
import { sum } from '../../numerics/sum.js';
import { add, sub } from '../../tfjs/ops.js';

/**
 * Total variation of images x: Σ |x_{i+1,j} − x_{i,j}| + Σ |x_{i,j+1} − x_{i,j}| over rows i, columns j and channels. Added
 * with a small factor to another loss, it removes noise and keeps edges.
 *
 * Shapes `(B,H,W,C)->(B)`, channels last. In the units of the images. Where neighbours are equal, the derivative is 0.
 *
 * @throws if the images do not have four axes or an option is unknown.
 * @see Rudin et al. (1992), doi:10.1016/0167-2789(92)90242-F; TensorFlow `image.total_variation`, Kornia
 * `total_variation`.
 * @example imageTotalVariation([[[[0], [1]], [[2], [2]]]]) // [4]
 * @function
 */
export const imageTotalVariation: Loss<object, readonly [images: TensorInput]> = /* @__PURE__ */ defineLoss<
  object,
  'images',
  readonly [images: TensorInput]
>({
  name: 'imageTotalVariation',
  signature: '(B,H,W,C)->(B)',
  inputs: ['images'],
  domains: [real],
  options: {},
  formula: ({ images }) => add(variationAlong(images, 1), variationAlong(images, 2)),
});

/** The sum of how much neighbours along an axis differ, of each image; a single pixel is its own neighbour. */
function variationAlong(images: Tensor, axis: 1 | 2): Tensor {
  const size = images.shape[axis] as number;
  const count = Math.max(1, size - 1);
  const from = (place: number): Tensor =>
    block(
      images,
      images.shape.map((_, i) => (i === axis ? place : 0)),
      images.shape.map((all, i) => (i === axis ? count : all)),
    );
  return sum(abs(sub(from(size - count), from(0))), [1, 2, 3]);
}
