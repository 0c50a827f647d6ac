import { sizesBrought } from '../../definition/brought.js';
import type { Loss } from '../../definition/definition.js';
import { embedding } from '../../definition/domain.js';
import { flag, numberOrScalar, oneOf, temperature, vectorsBringing } from '../../definition/kinds.js';
import type { TensorInput } from '../../definition/tensorInput.js';
import { defineLoss } from '../../loss/define.js';
import { constant } from '../../numerics/autodiff.js';
import { logicalNot, type Tensor } from '../../tfjs/ops.js';
import { productsOfVectors } from './common/products.js';
import { contrast, isLeftOut, isOwn, over } from './common/views.js';

export interface InfoNceOptions {
  /** Divides the similarities, a number or a tensor of one, which has a gradient. Default 0.07. */
  readonly temperature: TensorInput;
  /** How similar a query and a key are: the cosine of their angle (`'cosine'`) or their product (`'dot'`). Default `'cosine'`. */
  readonly distance: 'cosine' | 'dot';
  /** Further keys, `[M, D]`, that belong to no query, such as a queue of earlier ones; with a gradient. Default null, none. */
  readonly negatives: TensorInput | null;
  /** The keys of the other queries are negatives too. Default true. */
  readonly inBatch: boolean;
}

type Inputs = readonly [queries: TensorInput, keys: TensorInput];

/**
 * InfoNCE of queries q and keys k that belong together pair by pair: ln Σ_j e^{s_ij} − s_ii, with the similarities
 * s_ij = cos(q_i, k_j) ÷ T, where j runs over the keys of the batch and over `negatives`.
 *
 * Shapes `(B,D),(B,D)->(B)`. In nats. Lengths are bounded by 1e-7 from below: a zero vector is at right angles to all.
 *
 * A mask `(B)` removes pairs, also as what others are compared with.
 *
 * @throws if the shapes differ, `inBatch: false` leaves no negatives, or an option is unknown or out of range.
 * @see van den Oord et al. (2018), doi:10.48550/arXiv.1807.03748; MoCo: He et al. (2020), doi:10.1109/CVPR42600.2020.00975
 * (`inBatch: false`); pytorch-metric-learning `SelfSupervisedLoss` of `NTXentLoss` (`symmetric=False`).
 * @example infoNce([[1, 0], [0, 1]], [[1, 0], [3, 4]], { temperature: 1 }) // [0.513, 0.3711]
 * @function
 */
export const infoNce: Loss<InfoNceOptions, Inputs> = /* @__PURE__ */ defineLoss<
  InfoNceOptions,
  'queries' | 'keys',
  Inputs
>({
  name: 'infoNce',
  signature: '(B,D),(B,D)->(B)',
  isOfBatch: ({ inBatch }) => inBatch,
  brought: sizesBrought,
  inputs: ['queries', 'keys'],
  domains: [embedding, embedding],
  options: {
    temperature: [0.07, /* @__PURE__ */ numberOrScalar(temperature)],
    distance: ['cosine', /* @__PURE__ */ oneOf('cosine', 'dot')],
    negatives: [null, /* @__PURE__ */ vectorsBringing('M', 'D')],
    inBatch: [true, flag],
  },
  check: ({ inBatch, negatives }) =>
    inBatch || negatives !== null ? undefined : 'inBatch: false leaves nothing to compare with; expected negatives',
  formula: ({ queries, keys }, { temperature, distance, negatives, inBatch }, valid) => {
    const scoresOf = (others: Tensor): Tensor =>
      over(productsOfVectors(queries, others, { normalize: distance === 'cosine' }), temperature as Tensor | number);
    const scores = scoresOf(keys);
    const [rows, columns] = scores.shape as [number, number];
    const leftOut = inBatch ? isLeftOut(valid, rows) : constant(() => logicalNot(isOwn(rows, columns)));
    return contrast(scores, leftOut, negatives === null ? null : scoresOf(negatives as Tensor));
  },
});
