import { lessEqual, relu, type Tensor } from '@tensorflow/tfjs-core';
import type { Loss } from '../../definition/definition.js';
import { embedding, group } from '../../definition/domain.js';
import { flag, margin, positive } from '../../definition/kinds.js';
import type { TensorInput } from '../../definition/tensorInput.js';
import { defineLoss } from '../../loss/define.js';
import { constant } from '../../numerics/autodiff.js';
import { abs, atMost, exp, softplus } from '../../numerics/functions.js';
import { log1p } from '../../numerics/log1p.js';
import { isHalf, where } from '../../numerics/portable.js';
import { exponential, larger, minus, plus, product } from '../../numerics/scalars.js';
import { add, clone, less, logicalAnd, mul, neg, square, sub } from '../../tfjs/ops.js';
import { pairFormula, valuesOfPairs } from './common/pairFormula.js';
import {
  hasAny,
  logSumExpWhere,
  normalizeOption,
  type NormalizeOption,
  pairsOf,
  similarities,
} from './common/pairs.js';

export interface CircleOptions extends NormalizeOption {
  /** The scale γ. Default 80. */
  readonly gamma: number;
  /** The relaxation m: pairs that belong together are to be nearer than m, others farther than 1 − m. Default 0.4. */
  readonly margin: number;
  /** An example makes no pair with itself. Default true. */
  readonly removeDiagonal: boolean;
  /** The weights of the pairs are constant in the gradient, as in the paper. Default false, as in Keras. */
  readonly detachWeights: boolean;
}

type Inputs = readonly [labels: TensorInput, embeddings: TensorInput];

/** As good as infinite, but no NaN comes of it. */
const largest = 3e38;

/**
 * Circle loss of a batch of embeddings v: of each example i, with the distances d_ij = max(0, 1 − ⟨v_i, v_j⟩),
 * ln(1 + Σ_j e^{γ·(d_ij + m)·(d_ij − m)} · Σ_k e^{γ·max(0, 1 + m − d_ik)·(1 − m − d_ik)}), where j runs over the examples of
 * the same label and k over all others.
 *
 * Shapes `(B),(B,D)->(B)`. Without unit. An example without any other of its label, or without any of another label, does
 * not count. Embeddings should have length 1: they are taken as they are, unless `normalize`.
 *
 * A mask `(B)` removes examples from all pairs.
 *
 * @throws if the shapes do not fit or an option is unknown or out of range.
 * @see Sun et al. (2020), doi:10.1109/CVPR42600.2020.00643; Keras `Circle`, pytorch-metric-learning `CircleLoss`
 * (`detachWeights`, `normalize`).
 * @example circle([0, 0, 1], [[1, 0], [0.6, 0.8], [0, 1]], { gamma: 1, reduction: 'mean' }) // 0.789
 * @function
 */
export const circle: Loss<CircleOptions, Inputs> = /* @__PURE__ */ defineLoss<
  CircleOptions,
  'labels' | 'embeddings',
  Inputs
>({
  name: 'circle',
  keras: {
    className: 'Circle',
    options: { gamma: 'gamma', margin: 'margin', removeDiagonal: 'remove_diagonal' },
  },
  signature: '(B),(B,D)->(B)',
  isOfBatch: () => true,
  inputs: ['labels', 'embeddings'],
  domains: [group, embedding],
  options: {
    gamma: [80, positive],
    margin: [0.4, margin],
    removeDiagonal: [true, flag],
    detachWeights: [false, flag],
    ...normalizeOption,
  },
  formula: ({ labels, embeddings }, { gamma, margin, removeDiagonal, detachWeights, normalize }, valid) => {
    const far = neg(similarities(embeddings, { normalize }));
    const { isPositive, isNegative } = pairsOf(labels, valid, !removeDiagonal);
    return {
      values: valuesOfPairs(ofAnchors, { far, isPositive, isNegative }, { gamma, margin, detachWeights }),
      valid: constant(() => logicalAnd(hasAny(isPositive), hasAny(isNegative))),
    };
  },
});

const ofAnchors = /* @__PURE__ */ pairFormula<Pick<CircleOptions, 'gamma' | 'margin' | 'detachWeights'>>(
  'rows',
  (pairs, { gamma, margin, detachWeights }) => {
    const products = neg(pairs.far);
    const [near, far] = detachWeights
      ? exponentsOfDetached(products, gamma, margin)
      : exponents(products, gamma, margin);
    const bound = (x: Tensor): Tensor => atMost(x, isHalf() ? 6e4 : largest);
    const total = add(logSumExpWhere(bound(near), pairs.isPositive), logSumExpWhere(bound(far), pairs.isNegative));
    return detachWeights ? softplus(total) : softplusBelow(total, product(2, product(gamma, product(margin, margin))));
  },
);

/** γ·d² of pairs that belong together and γ·(1 − d)², or γ·m², of others: the exponents plus γ·m², of dot products. */
function exponents(products: Tensor, gamma: number, margin: number): [near: Tensor, far: Tensor] {
  // Not 1 − d, which would round the products of vectors at right angles.
  const cosines = where(
    constant(() => lessEqual(1, products)),
    1,
    products,
  );
  const isWeighed = constant(() => less(product(-1, margin), cosines));
  const far = where(isWeighed, square(cosines), product(margin, margin));
  return [mul(gamma, square(relu(sub(1, products)))), mul(gamma, far)];
}

/** The exponents with constant weights. */
function exponentsOfDetached(products: Tensor, gamma: number, margin: number): [near: Tensor, far: Tensor] {
  const distances = relu(sub(1, products));
  const weighed = (weights: Tensor, gaps: Tensor): Tensor =>
    mul(
      mul(
        gamma,
        constant(() => clone(weights)),
      ),
      gaps,
    );
  return [
    weighed(add(distances, margin), sub(distances, margin)),
    weighed(relu(sub(plus(1, margin), distances)), sub(minus(1, margin), distances)),
  ];
}

/** ln(1 + eˣ⁻ᶜ) of a number c: of ordinary x by eˣ·e⁻ᶜ, which unlike x − c rounds nothing that matters. */
function softplusBelow(x: Tensor, c: number): Tensor {
  const plain = softplus(sub(x, c));
  if (isHalf()) return plain;
  // Of a large c, no eˣ⁻ᶜ is left.
  const beyond = larger(minus(c, 140), 0);
  const isOrdinary = constant(() => less(add(abs(x), beyond), 20));
  const root = exponential(product(-0.5, c));
  const ofOrdinary = log1p(mul(mul(exp(where(isOrdinary, x, 0)), root), root));
  return where(isOrdinary, ofOrdinary, plain);
}
