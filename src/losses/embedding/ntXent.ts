import type { Loss } from '../../definition/definition.js';
import { embedding, group } from '../../definition/domain.js';
import { temperature } from '../../definition/kinds.js';
import type { TensorInput } from '../../definition/tensorInput.js';
import { defineLoss } from '../../loss/define.js';
import { constant } from '../../numerics/autodiff.js';
import { softplus } from '../../numerics/functions.js';
import { areBoth } from '../../numerics/portable.js';
import { div, expandDims, neg, sub } from '../../tfjs/ops.js';
import { pairFormula, valuesOfPairs } from './common/pairFormula.js';
import {
  hasAny,
  logSumExpWhere,
  normalizeOption,
  type NormalizeOption,
  pairsOf,
  similarities,
} from './common/pairs.js';

export interface NtXentOptions extends NormalizeOption {
  /** Divides the similarities. Default 0.07. */
  readonly temperature: number;
}

type Inputs = readonly [labels: TensorInput, embeddings: TensorInput];

/**
 * Normalised temperature-scaled cross-entropy of a batch of embeddings v: for each pair i ≠ j of the same label
 * ln(e^{s_ij} + Σ_k e^{s_ik}) − s_ij with s_ij = ⟨v_i, v_j⟩ ÷ T, where k runs over the examples of other labels.
 *
 * Shapes `(B),(B,D)->(B,B)`: one value per pair. Pairs of different labels, examples with themselves and pairs whose first
 * has no example of another label do not count: they are 0 under `'none'` and in no mean. In nats. Embeddings are
 * taken as they are, unless `normalize`.
 *
 * A mask `(B)` removes examples from all pairs.
 *
 * @throws if the shapes do not fit or an option is unknown or out of range.
 * @see Chen et al. (2020), doi:10.48550/arXiv.2002.05709; optax `ntxent` and pytorch-metric-learning `NTXentLoss` with
 * `normalize: true` and `reduction: 'mean'`.
 * @example ntXent([0, 0, 1], [[1, 0], [0.6, 0.8], [0, 1]], { temperature: 1, reduction: 'mean' }) // 0.6178
 * @function
 */
export const ntXent: Loss<NtXentOptions, Inputs> = /* @__PURE__ */ defineLoss<
  NtXentOptions,
  'labels' | 'embeddings',
  Inputs
>({
  name: 'ntXent',
  signature: '(B),(B,D)->(B)->(B,B)',
  inputs: ['labels', 'embeddings'],
  domains: [group, embedding],
  options: { temperature: [0.07, temperature], ...normalizeOption },
  formula: ({ labels, embeddings }, { temperature, normalize }, valid) => {
    const far = neg(similarities(embeddings, { normalize }));
    const { isPositive, isNegative } = pairsOf(labels, valid, false);
    return {
      values: valuesOfPairs(ofEach, { far, isPositive, isNegative }, { temperature }),
      valid: constant(() => areBoth(isPositive, expandDims(hasAny(isNegative), 1))),
    };
  },
});

const ofEach = /* @__PURE__ */ pairFormula<Pick<NtXentOptions, 'temperature'>>(
  'places',
  ({ far, isNegative }, { temperature }) => {
    const scores = div(neg(far), temperature);
    return softplus(sub(expandDims(logSumExpWhere(scores, isNegative), 1), scores));
  },
);
