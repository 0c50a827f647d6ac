import { relu, sqrt, type Tensor } from '@tensorflow/tfjs-core';
import type { Loss } from '../../definition/definition.js';
import { embedding } from '../../definition/domain.js';
import { nonNegative, positive } from '../../definition/kinds.js';
import type { TensorInput } from '../../definition/tensorInput.js';
import { defineLoss } from '../../loss/define.js';
import { atLeast, bounded } from '../../numerics/functions.js';
import { isHalf, where } from '../../numerics/portable.js';
import { sum } from '../../numerics/sum.js';
import { add, div, mul, square, sub } from '../../tfjs/ops.js';
import { countOf, deviationsOf, ofTwoOrMore } from './common/features.js';
import { productsOfFeatures } from './common/products.js';
import { isOwn } from './common/views.js';

export interface VicRegOptions {
  /** The weight of the squared difference of the two views. Default 25. */
  readonly invariance: number;
  /** The weight of what features lack of a standard deviation of 1. Default 25. */
  readonly variance: number;
  /** The weight of the squared covariances of different features. Default 1. */
  readonly covariance: number;
  /** Added to variances, in the units of the features squared. Default 1e-4. */
  readonly epsilon: number;
}

type Inputs = readonly [a: TensorInput, b: TensorInput];

/** As good as infinite, but its square is not. */
const largest = (): number => (isHalf() ? 200 : 1e18);

/**
 * VICReg loss of two views a and b of the examples of a batch, the sum of three parts: `invariance` times the mean of
 * (a − b)²; `variance` times half of the mean over the features of max(0, 1 − √(v_i + ε)), of each view; `covariance` times
 * Σ_{i≠j} c_ij² ÷ D, of each view, with the variances v_i = c_ii and covariances c_ij of the features over the examples
 * of the batch, divided by B − 1.
 *
 * Shapes `(B,D),(B,D)->()`: one value for the whole batch. Without unit. Fewer than two examples have the value 0.
 *
 * A mask `(B)` removes examples.
 *
 * @throws if the shapes differ or an option is unknown or out of range.
 * @see Bardes et al. (2022), doi:10.48550/arXiv.2105.04906; pytorch-metric-learning `VICRegLoss`.
 * @example vicReg([[1, 2], [1.5, 2.5]], [[1, 2], [2, 2]]) // 19.2371
 * @function
 */
export const vicReg: Loss<VicRegOptions, Inputs> = /* @__PURE__ */ defineLoss<VicRegOptions, 'a' | 'b', Inputs>({
  name: 'vicReg',
  signature: '(B,D),(B,D)->(B)->()',
  inputs: ['a', 'b'],
  domains: [embedding, embedding],
  options: {
    invariance: [25, nonNegative],
    variance: [25, nonNegative],
    covariance: [1, nonNegative],
    epsilon: [1e-4, positive],
  },
  formula: ({ a, b }, { invariance, variance, covariance, epsilon }, valid) => {
    const features = a.shape[1] as number;
    const count = countOf(a, valid);
    const meanOfFeatures = (x: Tensor): Tensor => div(sum(x), features);
    const free = atLeast(sub(count, 1), 1);
    const ofView = (view: Tensor): Tensor => {
      const deviations = deviationsOf(view, valid, count);
      const variances = div(sum(square(deviations), 0), free);
      const lack = relu(sub(1, sqrt(add(variances, epsilon))));
      const covariances = bounded(div(productsOfFeatures(deviations, deviations), free), -largest(), largest());
      const ofOthers = where(isOwn(features, features), 0, covariances);
      return add(mul(0.5 * variance, meanOfFeatures(lack)), mul(covariance, meanOfFeatures(square(ofOthers))));
    };
    const difference = div(meanOfFeatures(square(sub(a, b))), atLeast(count, 1));
    return ofTwoOrMore(count, add(mul(invariance, difference), add(ofView(a), ofView(b))));
  },
});
