import type { Tensor } from '@tensorflow/tfjs-core';
import type { Loss } from '../../definition/definition.js';
import { finite, orNull, temperature } from '../../definition/kinds.js';
import type { TensorInput } from '../../definition/tensorInput.js';
import { defineLoss } from '../../loss/define.js';
import { constant } from '../../numerics/autodiff.js';
import { softplus } from '../../numerics/functions.js';
import { lowest, where } from '../../numerics/portable.js';
import { add, div, less, logicalAnd, max, mul, neg, sub } from '../../tfjs/ops.js';
import { isSimilarity } from './common/pairDistance.js';
import { pairFormula, valuesOfPairs } from './common/pairFormula.js';
import { type PairMatrix, pairMatrix } from './common/pairMatrix.js';
import { ofPairs, type PairOptions, pairOptions } from './common/pairOptions.js';
import { hasAny, logSumExpWhere } from './common/pairs.js';

export interface MultiSimilarityOptions extends PairOptions {
  /** The scale α of pairs of the same label. Default 2. */
  readonly alpha: number;
  /** The scale β of pairs of different labels. Default 50. */
  readonly beta: number;
  /** The similarity, or distance, λ from which pairs are counted. Default 0.5. */
  readonly base: number;
  /**
   * The margin ε by which pairs are chosen: those of different labels more similar than the least similar one of the same
   * label less ε, and those of the same label less similar than the most similar one of different labels plus ε. Null: all
   * pairs. Default null.
   */
  readonly epsilon: number | null;
}

type Inputs = readonly [labels: TensorInput, embeddings: TensorInput];

/**
 * Multi-similarity loss of a batch of embeddings: of each example i with the similarities s_ij
 * 1/α·ln(1 + Σ_p e^{−α·(s_ip − λ)}) + 1/β·ln(1 + Σ_n e^{β·(s_in − λ)}), where p runs over the other examples of its label
 * and n over those of other labels. Of distances the signs in the exponents turn.
 *
 * Shapes `(B),(B,D)->(B)`. In the units of the similarity. All examples count; without any p, or n, that part is 0.
 * With `references` p and n run over them.
 *
 * A mask `(B)` removes examples from all pairs; all references count.
 *
 * @throws if the shapes do not fit, references come without labels, or an option is unknown or out of range.
 * @see Wang et al. (2019), doi:10.1109/CVPR.2019.00516; pytorch-metric-learning `MultiSimilarityLoss`, and with `epsilon`
 * its `MultiSimilarityMiner`.
 * @example multiSimilarity([0, 0, 1], [[1, 0], [0.6, 0.8], [0, 1]], { beta: 10, reduction: 'mean' }) // 0.4029
 * @function
 */
export const multiSimilarity: Loss<MultiSimilarityOptions, Inputs> = /* @__PURE__ */ defineLoss<
  MultiSimilarityOptions,
  'labels' | 'embeddings',
  Inputs
>({
  name: 'multiSimilarity',
  .../* @__PURE__ */ ofPairs('(B)'),
  options: {
    alpha: [2, temperature],
    beta: [50, temperature],
    base: [0.5, finite],
    epsilon: [null, /* @__PURE__ */ orNull(finite)],
    .../* @__PURE__ */ pairOptions('cosine'),
  },
  formula: ({ labels, embeddings }, options, valid) => {
    const { alpha, beta, epsilon, distance } = options;
    const pairs = pairMatrix('multiSimilarity', { labels, embeddings, valid }, options);
    const base = isSimilarity(distance) ? -options.base : options.base;
    return valuesOfPairs(ofAnchors, pairs, { alpha, beta, base, epsilon });
  },
});

type Numbers = Pick<MultiSimilarityOptions, 'alpha' | 'beta' | 'base' | 'epsilon'>;

const ofAnchors = /* @__PURE__ */ pairFormula<Numbers>('rows', (all, { alpha, beta, base, epsilon }) => {
  const { far, isPositive, isNegative } = epsilon === null ? all : hard(all, epsilon);
  const beyond = sub(far, base);
  return add(part(alpha, beyond, isPositive), part(beta, neg(beyond), isNegative));
});

/** 1/α·ln(1 + Σ e^{αx}) over those of the last axis that are allowed; 0 where none is. */
const part = (alpha: number, x: Tensor, allowed: Tensor): Tensor =>
  where(hasAny(allowed), div(softplus(logSumExpWhere(mul(alpha, x), allowed)), alpha), 0);

/** The pairs of different labels that are nearer than the farthest of the same label, but for ε, and the reverse. */
const hard = ({ far, isPositive, isNegative }: PairMatrix, epsilon: number): PairMatrix => ({
  far,
  isPositive: constant(() => {
    const nearest = neg(max(where(isNegative, neg(far), lowest()), -1, true));
    return logicalAnd(isPositive, less(nearest, add(far, epsilon)));
  }),
  isNegative: constant(() => {
    const farthest = max(where(isPositive, far, lowest()), -1, true);
    return logicalAnd(isNegative, less(sub(far, epsilon), farthest));
  }),
});
