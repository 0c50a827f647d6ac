import { abs, log, type Tensor } from '@tensorflow/tfjs-core';
import type { Loss } from '../../definition/definition.js';
import { type Domain, nonNegative, real } from '../../definition/domain.js';
import { defineLoss } from '../../loss/define.js';
import { constant, withGradients } from '../../numerics/autodiff.js';
import { atLeast, bounded } from '../../numerics/functions.js';
import { logRatio } from '../../numerics/logRatio.js';
import { where } from '../../numerics/portable.js';
import { ratio } from '../../numerics/quotient.js';
import { sum } from '../../numerics/sum.js';
import { less, logicalAnd, mul, neg, sub } from '../../tfjs/ops.js';
import { type DistributionFormat, differenceOf, probabilitiesOf } from '../common/distribution.js';
import { excessOfLogs } from '../common/divergenceOfLogits.js';
import { excess, isClose, nearExcess } from '../common/excess.js';
import {
  divergenceOptions,
  type DivergenceOptions,
  type Formats,
  kullbackLeibler,
  termsOf,
} from '../common/kullbackLeibler.js';

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
    // Both sum to 1.
    if (labelFormat === 'logits' && predictionFormat === 'logits') {
      return kullbackLeibler(labels, predictions, options, 1);
    }
    // No two terms overflow together: what is left of e⁸⁰ has room for its logarithm, e⁸⁹ is Infinity.
    const a = labelFormat === 'logProbabilities' ? bounded(labels, -Infinity, 80) : labels;
    const b = predictionFormat === 'logProbabilities' ? bounded(predictions, -Infinity, 89) : predictions;
    if (labelFormat === 'logProbabilities' && predictionFormat === 'logProbabilities') return excessOfLogs(a, b);
    return sum(excessTerms(a, b, options), -1);
  },
});

/** y·(ln y − ln q) − y + q of each class; near equality by the difference of both, unless they are bounded. */
function excessTerms(labels: Tensor, predictions: Tensor, formats: Formats): Tensor {
  const { labelFormat, predictionFormat, epsilon } = formats;
  if (labelFormat === 'probabilities' && predictionFormat === 'probabilities' && epsilon !== null) {
    return boundedExcess(epsilon)(labels, predictions);
  }
  const y = probabilitiesOf(labels, labelFormat, 1);
  // q of log-probabilities stays finite: where it is far from y, 0 is passed back to it, and 0 times Infinity is NaN.
  const isLog = predictionFormat === 'logProbabilities';
  const q = probabilitiesOf(isLog ? bounded(predictions, -Infinity, 88) : predictions, predictionFormat, 1);
  const difference = differenceOf([labels, predictions], [labelFormat, predictionFormat], 1);
  const least = predictionFormat === 'probabilities' ? (epsilon ?? 0) : 0;
  const isNear = constant(() => logicalAnd(isClose(y, q, difference), logicalAnd(less(least, y), less(least, q))));
  const near = (x: Tensor, instead: number): Tensor => where(isNear, x, instead);
  const plain = sub(termsOf(labels, predictions, formats, 1), difference);
  return where(isNear, excess(near(y, 1), near(q, 1), near(difference, 0)), plain);
}

/** The same of probabilities y and q that are bounded from below in the logarithm, with the gradients of `boundedTerms`. */
const boundedExcess = (epsilon: number): ((labels: Tensor, predictions: Tensor) => Tensor) => {
  const isBelow = (x: Tensor): Tensor => constant(() => less(x, epsilon));
  const inside = (x: Tensor): Tensor => atLeast(x, epsilon);
  const ratioOf = (labels: Tensor, predictions: Tensor): Tensor => logRatio(inside(labels), inside(predictions));
  return withGradients(
    (labels, predictions) => {
      const logarithm = ratioOf(labels, predictions);
      const areInside = logicalAnd(less(epsilon, labels), less(epsilon, predictions));
      const isNear = logicalAnd(areInside, less(abs(logarithm), 0.5));
      const plain = sub(mul(inside(labels), logarithm), sub(labels, predictions));
      return where(isNear, nearExcess(labels, neg(logarithm)), plain);
    },
    (dy, labels, predictions) => {
      const isAbsent = constant(() => logicalAnd(isBelow(labels), isBelow(predictions)));
      const [y, q] = [inside(labels), inside(predictions)];
      const ofLabels = where(isBelow(labels), sub(-1, log(q)), ratioOf(labels, predictions));
      return [mul(dy, where(isAbsent, -1, ofLabels)), mul(dy, where(isAbsent, 1, ratio(sub(q, y), q)))];
    },
  );
};
