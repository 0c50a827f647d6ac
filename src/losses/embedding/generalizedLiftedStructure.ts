import { relu } from '@tensorflow/tfjs-core';
import type { Loss } from '../../definition/definition.js';
import type { TensorInput } from '../../definition/tensorInput.js';
import { defineLoss } from '../../loss/define.js';
import { constant } from '../../numerics/autodiff.js';
import { add, logicalAnd } from '../../tfjs/ops.js';
import { type LiftedOptions, liftedOptions } from './common/liftedOptions.js';
import { excessOf, marginsOf, type PairMargins } from './common/pairMargins.js';
import { ofPairs } from './common/pairOptions.js';
import { pairFormula, valuesOfPairs } from './common/pairFormula.js';
import { pairMatrix } from './common/pairMatrix.js';
import { hasAny, logSumExpWhere } from './common/pairs.js';

export type GeneralizedLiftedStructureOptions = LiftedOptions;

type Inputs = readonly [labels: TensorInput, embeddings: TensorInput];

/**
 * Generalised lifted structure loss of a batch of embeddings: of each example i with the distances d_ij
 * max(0, ln Σ_p e^{d_ip − m₊} + ln Σ_n e^{m₋ − d_in}), where p runs over the other examples of its label and n over those
 * of other labels. Of similarities s it has m₊ − s_ip and s_in − m₋.
 *
 * Shapes `(B),(B,D)->(B)`. In the units of the distance. An example without any other of its label, or without one of
 * another label, does not count.
 *
 * A mask `(B)` removes examples from all pairs.
 *
 * @throws if the shapes do not fit or an option is unknown or out of range.
 * @see Hermans et al. (2017), doi:10.48550/arXiv.1703.07737; pytorch-metric-learning `GeneralizedLiftedStructureLoss`,
 * which takes 0 for a part that is missing.
 * @example generalizedLiftedStructure([0, 0, 1], [[0, 0], [0.6, 0.8], [0, 1]], { reduction: 'mean' }) // 1.1838
 * @function
 */
export const generalizedLiftedStructure: Loss<GeneralizedLiftedStructureOptions, Inputs> = /* @__PURE__ */ defineLoss<
  GeneralizedLiftedStructureOptions,
  'labels' | 'embeddings',
  Inputs
>({
  name: 'generalizedLiftedStructure',
  .../* @__PURE__ */ ofPairs('(B)'),
  options: liftedOptions,
  formula: ({ labels, embeddings }, options, valid) => {
    const pairs = pairMatrix('generalizedLiftedStructure', { labels, embeddings, valid }, options);
    const { isPositive, isNegative } = pairs;
    return {
      values: valuesOfPairs(ofAnchors, pairs, marginsOf(options)),
      valid: constant(() => logicalAnd(hasAny(isPositive), hasAny(isNegative))),
    };
  },
});

const ofAnchors = /* @__PURE__ */ pairFormula<PairMargins>('rows', ({ far, isPositive, isNegative }, margins) => {
  const { tooFar, tooNear } = excessOf(far, margins);
  return relu(add(logSumExpWhere(tooFar, isPositive), logSumExpWhere(tooNear, isNegative)));
});
