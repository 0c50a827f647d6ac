import { sqrt, type Tensor } from '@tensorflow/tfjs-core';
import type { Loss } from '../../definition/definition.js';
import { embedding } from '../../definition/domain.js';
import { nonNegative } from '../../definition/kinds.js';
import type { TensorInput } from '../../definition/tensorInput.js';
import { defineLoss } from '../../loss/define.js';
import { atLeast } from '../../numerics/functions.js';
import { where } from '../../numerics/portable.js';
import { ratio } from '../../numerics/quotient.js';
import { sum } from '../../numerics/sum.js';
import { add, div, mul, square, sub } from '../../tfjs/ops.js';
import { countOf, deviationsOf, ofTwoOrMore } from './common/features.js';
import { productsOfFeatures } from './common/products.js';
import { isOwn } from './common/views.js';

export interface BarlowTwinsOptions {
  /** The weight λ of the correlations between different features. Default 0.005. */
  readonly lambda: number;
}

type Inputs = readonly [a: TensorInput, b: TensorInput];

/** Added to variances, as batch normalization does. */
const EPSILON = 1e-5;

/**
 * Barlow Twins loss of two views a and b of the examples of a batch: Σ_i (1 − c_ii)² + λ·Σ_{i≠j} c_ij², with the
 * correlation c_ij of feature i of one view and feature j of the other, over the examples of the batch. Variances are over
 * B, with 1e-5 added.
 *
 * Shapes `(B,D),(B,D)->()`: one value for the whole batch. Without unit. Fewer than two examples have the value 0.
 *
 * A mask `(B)` removes examples.
 *
 * @throws if the shapes differ or an option is unknown or out of range.
 * @see Zbontar et al. (2021), doi:10.48550/arXiv.2103.03230; lightly `BarlowTwinsLoss`.
 * @example barlowTwins([[1, 2], [3, 5]], [[2, 0], [1, 4]]) // 4.0099
 * @function
 */
export const barlowTwins: Loss<BarlowTwinsOptions, Inputs> = /* @__PURE__ */ defineLoss<
  BarlowTwinsOptions,
  'a' | 'b',
  Inputs
>({
  name: 'barlowTwins',
  signature: '(B,D),(B,D)->(B)->()',
  inputs: ['a', 'b'],
  domains: [embedding, embedding],
  options: { lambda: [0.005, nonNegative] },
  formula: ({ a, b }, { lambda }, valid) => {
    const count = countOf(a, valid);
    const size = atLeast(count, 1);
    const standardized = (x: Tensor): Tensor => {
      const deviations = deviationsOf(x, valid, count);
      return ratio(deviations, sqrt(add(div(sum(square(deviations), 0), size), EPSILON)));
    };
    const correlations = div(productsOfFeatures(standardized(a), standardized(b)), size);
    const [rows, columns] = correlations.shape as [number, number];
    const isSame = isOwn(rows, columns);
    const gaps = where(isSame, sub(1, correlations), correlations);
    return ofTwoOrMore(count, sum(mul(where(isSame, 1, lambda), square(gaps))));
  },
});
