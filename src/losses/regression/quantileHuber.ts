import { range, type Tensor } from '@tensorflow/tfjs-core';
import { ofEntries, type RowFormula } from '../../call/pairsOfEntries.js';
import type { Loss } from '../../definition/definition.js';
import { held, real } from '../../definition/domain.js';
import { nonNegative } from '../../definition/kinds.js';
import { defineLoss } from '../../loss/define.js';
import { constant } from '../../numerics/autodiff.js';
import { halfDifference } from '../../numerics/difference.js';
import { abs } from '../../numerics/functions.js';
import { huberOfHalf } from '../../numerics/huber.js';
import { where } from '../../numerics/portable.js';
import { stretch, sum } from '../../numerics/sum.js';
import { add, div, less, mul, reshape, sub } from '../../tfjs/ops.js';

export interface QuantileHuberOptions {
  /** The error δ, in the units of the labels, at which the loss turns from quadratic to linear; 0: nowhere quadratic. Default 1. */
  readonly delta: number;
}

/**
 * Quantile Huber loss of Q predicted quantiles p of a distribution of which M draws y are given:
 * 1/M·Σ_q Σ_m w·h(d) with d = y_m − p_q, w = τ_q if d ≥ 0, else 1 − τ_q, the midpoints τ_q = (q − ½)/Q and Huber's
 * h(d) = ½d² if |d| ≤ δ, else δ·(|d| − ½δ); at δ = 0 h(d) is |d|. The loss of distributional reinforcement learning by
 * quantile regression.
 *
 * Shapes `(...,M),(...,Q)->(...)`. In the units of the labels times δ, squared where errors are small.
 *
 * Labels, which a target net gives, are held constant: the derivatives for them are 0.
 *
 * @throws if the shapes do not fit or an option is unknown or out of range.
 * @see Dabney et al. (2018), doi:10.1609/aaai.v32i1.11791; rlax `quantile_regression_loss`.
 * @example quantileHuber([[1, 3]], [[0, 2]]) // [0.625]
 * @function
 */
export const quantileHuber: Loss<QuantileHuberOptions> = /* @__PURE__ */ defineLoss<QuantileHuberOptions>({
  name: 'quantileHuber',
  aliases: { quantileRegression: {} },
  signature: '(...,M),(...,Q)->(...)',
  domains: [/* @__PURE__ */ held(real), real],
  options: { delta: [1, nonNegative] },
  formula: ({ labels, predictions }, { delta }) => {
    const [y, p] = [labels, predictions].map(asRows) as [Tensor, Tensor];
    const [, draws = 1] = y.shape;
    const [, count = 1] = p.shape;
    const ofLabels = ofEntries(lossOfLabel, { delta }, { own: [y], others: [p] });
    return reshape(div(sum(ofLabels, 1), 2 * count * draws), predictions.shape.slice(0, -1));
  },
});

/** Of a label and all quantiles, times 2Q. */
const lossOfLabel: RowFormula<QuantileHuberOptions> = {
  gives: 'rows',
  compute: ([quantiles, label], { delta }) => {
    const { shape } = quantiles as Tensor;
    const missing = halfDifference(stretch(label as Tensor, shape), quantiles as Tensor);
    const error = delta === 0 ? mul(2, abs(missing)) : huberOfHalf(missing, delta);
    return sum(mul(partsOf(missing), error), -1);
  },
};

const asRows = (x: Tensor): Tensor => reshape(x, [-1, x.shape.at(-1) ?? 1]);

/** 2Q·|τ − [d < 0]| for differences d of labels and each of Q quantiles along the last axis: whole, and so exact. */
const partsOf = (missing: Tensor): Tensor =>
  constant(() => {
    const count = missing.shape.at(-1) as number;
    const below = add(mul(2, range(0, count)), 1);
    return where(less(missing, 0), sub(2 * count, below), below);
  });
