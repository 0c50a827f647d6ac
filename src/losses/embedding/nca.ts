import type { Loss } from '../../definition/definition.js';
import { temperature } from '../../definition/kinds.js';
import type { TensorInput } from '../../definition/tensorInput.js';
import { defineLoss } from '../../loss/define.js';
import { softplus } from '../../numerics/functions.js';
import { where } from '../../numerics/portable.js';
import { mul, neg, sub } from '../../tfjs/ops.js';
import { pairFormula, valuesOfPairs } from './common/pairFormula.js';
import { pairMatrix } from './common/pairMatrix.js';
import { ofPairs, type PairOptions, pairOptions } from './common/pairOptions.js';
import { hasAny, logSumExpWhere } from './common/pairs.js';

export interface NcaOptions extends PairOptions {
  /** The factor s of the distances. Default 1. */
  readonly scale: number;
}

type Inputs = readonly [labels: TensorInput, embeddings: TensorInput];

/**
 * Neighbourhood components analysis of a batch of embeddings, of each example i: ln Σ_{j≠i} e^{−s·d_ij} − ln Σ_p e^{−s·d_ip},
 * where p runs over the other examples of its label. Of similarities d is minus that. It is minus the logarithm of
 * the chance that a neighbour drawn by a softmax of nearness has the label of i.
 *
 * Shapes `(B),(B,D)->(B)`. In nats. An example without any other of its label does not count.
 *
 * A mask `(B)` removes examples from all pairs.
 *
 * @throws if the shapes do not fit or an option is unknown or out of range.
 * @see Goldberger et al. (2004), doi:10.5555/2976040.2976105; pytorch-metric-learning `NCALoss`.
 * @example nca([0, 0, 1], [[0, 0], [0.6, 0.8], [0, 1]], { reduction: 'mean' }) // 0.8653
 * @function
 */
export const nca: Loss<NcaOptions, Inputs> = /* @__PURE__ */ defineLoss<NcaOptions, 'labels' | 'embeddings', Inputs>({
  name: 'nca',
  aliases: { neighborhoodComponentsAnalysis: {} },
  .../* @__PURE__ */ ofPairs('(B)'),
  options: { scale: [1, temperature], .../* @__PURE__ */ pairOptions('squaredEuclidean') },
  formula: ({ labels, embeddings }, options, valid) => {
    const { scale } = options;
    const pairs = pairMatrix('nca', { labels, embeddings, valid }, options);
    return { values: valuesOfPairs(ofAnchors, pairs, { scale }), valid: hasAny(pairs.isPositive) };
  },
});

const ofAnchors = /* @__PURE__ */ pairFormula<Pick<NcaOptions, 'scale'>>(
  'rows',
  ({ far, isPositive, isNegative }, { scale }) => {
    const scores = mul(scale, neg(far));
    const odds = sub(logSumExpWhere(scores, isNegative), logSumExpWhere(scores, isPositive));
    return where(hasAny(isNegative), softplus(odds), 0);
  },
);
