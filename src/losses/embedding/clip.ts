import type { Loss } from '../../definition/definition.js';
import { embedding } from '../../definition/domain.js';
import { numberOrScalar, temperature } from '../../definition/kinds.js';
import type { TensorInput } from '../../definition/tensorInput.js';
import { defineLoss } from '../../loss/define.js';
import { transpose } from '../../numerics/portable.js';
import { add, mul, type Tensor } from '../../tfjs/ops.js';
import { normalizeOption, type NormalizeOption } from './common/pairs.js';
import { productsOfVectors } from './common/products.js';
import { contrast, isLeftOut, over } from './common/views.js';

export interface ClipOptions extends NormalizeOption {
  /** Divides the products, a number or a tensor of one, which has a gradient: the inverse of CLIP's logit scale. Default 0.07. */
  readonly temperature: TensorInput;
}

type Inputs = readonly [images: TensorInput, texts: TensorInput];

/**
 * CLIP's loss of images a and texts b that belong together pair by pair: ½·(ln Σ_j e^{s_ij} − s_ii) +
 * ½·(ln Σ_j e^{s_ji} − s_ii), with the products s_ij = ⟨a_i, b_j⟩ ÷ T of all images with all texts.
 *
 * Shapes `(B,D),(B,D)->(B)`. In nats. Vectors should have length 1: they are taken as they are, unless `normalize`.
 *
 * A mask `(B)` removes pairs, also as what others are compared with.
 *
 * @throws if the shapes differ or an option is unknown or out of range.
 * @see Radford et al. (2021), doi:10.48550/arXiv.2103.00020; OpenCLIP `ClipLoss`.
 * @example clip([[1, 0], [0, 1]], [[1, 0], [0.6, 0.8]], { temperature: 1 }) // [0.4131, 0.4846]
 * @function
 */
export const clip: Loss<ClipOptions, Inputs> = /* @__PURE__ */ defineLoss<ClipOptions, 'images' | 'texts', Inputs>({
  name: 'clip',
  signature: '(B,D),(B,D)->(B)',
  isOfBatch: () => true,
  inputs: ['images', 'texts'],
  domains: [embedding, embedding],
  options: { temperature: [0.07, /* @__PURE__ */ numberOrScalar(temperature)], ...normalizeOption },
  formula: ({ images, texts }, { temperature, normalize }, valid) => {
    const scores = over(productsOfVectors(images, texts, { normalize }), temperature as Tensor | number);
    const leftOut = isLeftOut(valid, images.shape[0]);
    return mul(0.5, add(contrast(scores, leftOut), contrast(transpose(scores, [1, 0]), leftOut)));
  },
});
