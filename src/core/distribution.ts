import { equal, log, logicalAnd, where, type Tensor } from '@tensorflow/tfjs-core';
import { scaleLogits } from './classes.js';
import type { Domain } from './domain.js';
import { constant, logSoftmax } from './numerics.js';
import { oneOf, type Kind } from './kinds.js';

/** How a distribution over the class axis is written down. */
export type DistributionFormat = 'probabilities' | 'logProbabilities' | 'logits';

/** What the numbers of each format mean. */
export const formatDomains: { readonly [F in DistributionFormat]: Domain } = {
  probabilities: 'distribution',
  logProbabilities: 'logProbability',
  logits: 'logit',
};

export const distributionFormat: Kind<DistributionFormat> = /* @__PURE__ */ oneOf(
  'probabilities',
  'logProbabilities',
  'logits',
);

/** Log-probabilities of a distribution given by them or by logits, which the temperature divides. */
export function logOf(given: Tensor, format: 'logProbabilities' | 'logits', temperature: number): Tensor {
  return format === 'logits' ? logSoftmax(scaleLogits(given, { softcap: null, temperature })) : given;
}

/** ln q, and 0 where p and q are both 0, so that 0·ln 0 has neither a value nor a gradient. */
export function logWherePresent(q: Tensor, p: Tensor): Tensor {
  return log(
    where(
      constant(() => logicalAnd(equal(p, 0), equal(q, 0))),
      1,
      q,
    ),
  );
}
