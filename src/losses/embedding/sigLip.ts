import type { Loss } from '../../definition/definition.js';
import { embedding } from '../../definition/domain.js';
import { finite, numberOrScalar, temperature } from '../../definition/kinds.js';
import type { TensorInput } from '../../definition/tensorInput.js';
import { defineLoss } from '../../loss/define.js';
import { softplus } from '../../numerics/functions.js';
import { where } from '../../numerics/portable.js';
import { stretch, sum } from '../../numerics/sum.js';
import { add, neg, type Tensor } from '../../tfjs/ops.js';
import { normalizeOption, type NormalizeOption } from './common/pairs.js';
import { productsOfVectors } from './common/products.js';
import { isLeftOut, ofViews, over, viewsFormula } from './common/views.js';

export interface SigLipOptions extends NormalizeOption {
  /** Divides the products, a number or a tensor of one, which has a gradient: the inverse of SigLIP's logit scale. Default 0.1. */
  readonly temperature: TensorInput;
  /** Added to the logits, a number or a tensor of one, which has a gradient. Default -10. */
  readonly bias: TensorInput;
}

type Inputs = readonly [images: TensorInput, texts: TensorInput];

/**
 * SigLIP's loss of images a and texts b that belong together pair by pair: of each image i the sum of −ln σ(s_ii) and of
 * −ln σ(−s_ij) over all other texts j, with the logits s_ij = ⟨a_i, b_j⟩ ÷ T + bias.
 *
 * Shapes `(B,D),(B,D)->(B)`. In nats. Vectors should have length 1: they are taken as they are, unless `normalize`.
 *
 * A mask `(B)` removes pairs, also as what others are compared with.
 *
 * @throws if the shapes differ or an option is unknown or out of range.
 * @see Zhai et al. (2023), doi:10.1109/ICCV51070.2023.01100; OpenCLIP `SigLipLoss` with `reduction: 'mean'`.
 * @example sigLip([[1, 0], [0, 1]], [[1, 0], [0.6, 0.8]], { temperature: 1, bias: 0 }) // [1.3507, 1.0642]
 * @function
 */
export const sigLip: Loss<SigLipOptions, Inputs> = /* @__PURE__ */ defineLoss<
  SigLipOptions,
  'images' | 'texts',
  Inputs
>({
  name: 'sigLip',
  signature: '(B,D),(B,D)->(B)',
  isOfBatch: () => true,
  inputs: ['images', 'texts'],
  domains: [embedding, embedding],
  options: {
    temperature: [0.1, /* @__PURE__ */ numberOrScalar(temperature)],
    bias: [-10, /* @__PURE__ */ numberOrScalar(finite)],
    ...normalizeOption,
  },
  formula: ({ images, texts }, { temperature, bias, normalize }, valid) => {
    const scores = over(productsOfVectors(images, texts, { normalize }), temperature as Tensor | number);
    const logits = add(scores, typeof bias === 'number' ? bias : stretch(bias as Tensor, scores.shape));
    return ofViews(lossOfRow, logits, isLeftOut(valid, images.shape[0]));
  },
});

const lossOfRow = /* @__PURE__ */ viewsFormula((logits, isOwn, isLeftOut) => {
  const losses = softplus(where(isOwn, neg(logits), logits));
  return sum(isLeftOut ? where(isLeftOut, 0, losses) : losses, -1);
});
