import { greater, log, type Tensor } from '@tensorflow/tfjs-core';
import type { Loss } from '../../definition/definition.js';
import { nonNegative, real } from '../../definition/domain.js';
import { flag, positive } from '../../definition/kinds.js';
import { defineLoss } from '../../loss/define.js';
import { constant } from '../../numerics/autodiff.js';
import { bounded, boundedLog, exp, mulNoNan } from '../../numerics/functions.js';
import { where } from '../../numerics/portable.js';
import { add, mul, sub } from '../../tfjs/ops.js';
import { halfDeviance } from './common/halfDeviance.js';
import { asItIs, byLogarithm } from './common/mean.js';

export interface PoissonOptions {
  /** Predictions are logarithms x of the expected count, not the expected count p. Default false. */
  readonly logInput: boolean;
  /** Adds Stirling's approximation of ln y! for labels above 1: y·ln y − y + ½·ln(2πy). Default false. */
  readonly full: boolean;
  /** Added to p in the logarithm. Default 1e-7. */
  readonly epsilon: number;
}

/**
 * Negative log-likelihood of counts y, but for a term that does not depend on the prediction: p − y·ln(p + ε), or with
 * `logInput` eˣ − y·x.
 *
 * Shapes `(...),(...)->(...)`. In nats.
 *
 * A p below 0, for which there is no likelihood, costs what 0 costs, and its derivative is bounded and directed towards 0.
 *
 * @throws if the shapes differ or an option is unknown or out of range.
 * @see Cameron & Trivedi (2013), doi:10.1017/CBO9781139013567; Keras `Poisson`, PyTorch `poisson_nll_loss`, TensorFlow
 * `log_poisson_loss`, scikit-learn `HalfPoissonLoss`.
 * @example poisson([2, 0], [1, 0.5], { full: true }) // [1.6518, 0.5]
 * @function
 */
export const poisson: Loss<PoissonOptions> = /* @__PURE__ */ defineLoss<PoissonOptions>({
  name: 'poisson',
  aliases: { poissonNll: { logInput: true }, logPoisson: { logInput: true } },
  keras: { className: 'Poisson', options: {} },
  signature: '(...),(...)->(...)',
  domains: ({ logInput }) => [nonNegative, logInput ? real : nonNegative],
  options: { logInput: [false, flag], full: [false, flag], epsilon: [1e-7, positive] },
  formula: ({ labels, predictions }, { logInput, full, epsilon }) => {
    // e⁸⁹ is Infinity already; from there on, y·x must not be it too.
    const logarithmOf = (p: Tensor): Tensor => bounded(p, -Infinity, 89);
    const without = (p: Tensor): Tensor => {
      const x = logInput ? logarithmOf(p) : boundedLog(add(p, epsilon), epsilon);
      return sub(logInput ? exp(x) : p, mulNoNan(labels, x));
    };
    if (!full) return without(predictions);
    const isMany = constant(() => greater(labels, 1));
    const many = where(isMany, labels, 1);
    const mean = logInput ? logarithmOf(predictions) : add(bounded(predictions, 0), epsilon);
    // p − y·ln p and y·ln y − y cancel but for half a deviance, near p = y.
    const family = { mean: logInput ? byLogarithm : asItIs, p: 1, epsilon };
    const deviance = halfDeviance(many, where(isMany, mean, 1), family);
    const ofMany = add(logInput ? deviance : sub(deviance, epsilon), mul(0.5, add(log(many), Math.log(2 * Math.PI))));
    return where(isMany, ofMany, without(where(isMany, 1, predictions)));
  },
});
