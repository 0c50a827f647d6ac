import type { Tensor } from '@tensorflow/tfjs-core';
import type { Loss } from '../../definition/definition.js';
import { type Domain, nonNegative, real } from '../../definition/domain.js';
import { defineLoss } from '../../loss/define.js';
import { bounded } from '../../numerics/functions.js';
import { sum } from '../../numerics/sum.js';
import { add, sub } from '../../tfjs/ops.js';
import { type DistributionFormat, probabilitiesOf } from './common/distribution.js';
import { divergenceOptions, type DivergenceOptions, kullbackLeibler } from './common/kullbackLeibler.js';

/** Neither side has to sum to 1; large labels times large logits may overflow. */
const measureDomains: { readonly [F in DistributionFormat]: Domain } = {
  probabilities: nonNegative,
  logProbabilities: real,
  logits: real,
};

/**
 * Generalized Kullback-Leibler divergence of predictions q from labels y: Σ_c (y_c·(ln y_c − ln q_c) − y_c + q_c),
 * with 0·ln 0 = 0. It is never negative, also where the two do not sum to 1, and 0 only where they are equal; where
 * both sum to 1, it is `klDivergence`.
 *
 * Shapes `(...,C),(...,C)->(...)`. In nats, or in the unit of `base`: 2 bits, 10 hartleys.
 *
 * Logits are normalised, logarithms and probabilities are taken as they are.
 *
 * @throws if the shapes differ or an option is unknown or out of range.
 * @see Bregman (1967), doi:10.1016/0041-5553(67)90040-7; optax `generalized_kl_divergence`.
 * @example generalizedKlDivergence([[1, 2]], [[2, 1]]) // [0.6931]
 * @function
 */
export const generalizedKlDivergence: Loss<DivergenceOptions> = /* @__PURE__ */ defineLoss<DivergenceOptions>({
  name: 'generalizedKlDivergence',
  aliases: { convexKlDivergence: {} },
  signature: '(...,C),(...,C)->(...)',
  domains: ({ labelFormat, predictionFormat }) => [measureDomains[labelFormat], measureDomains[predictionFormat]],
  options: divergenceOptions,
  formula: ({ labels, predictions }, options) => {
    const { labelFormat, predictionFormat } = options;
    // No two terms overflow together: what is left of e⁸⁰ has room for its logarithm, e⁸⁹ is Infinity.
    const y = labelFormat === 'logProbabilities' ? bounded(labels, -Infinity, 80) : labels;
    const q = predictionFormat === 'logProbabilities' ? bounded(predictions, -Infinity, 89) : predictions;
    const surplus: Tensor = sub(probabilitiesOf(q, predictionFormat, 1), probabilitiesOf(y, labelFormat, 1));
    return add(kullbackLeibler(y, q, options, 1), sum(surplus, -1));
  },
});
