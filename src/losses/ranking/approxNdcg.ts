import type { Tensor } from '@tensorflow/tfjs-core';
import type { Loss } from '../../definition/definition.js';
import { real, relevance } from '../../definition/domain.js';
import { temperature } from '../../definition/kinds.js';
import { defineLoss } from '../../loss/define.js';
import { constant } from '../../numerics/autodiff.js';
import { exp, expm1, sigmoid } from '../../numerics/functions.js';
import { log1p } from '../../numerics/log1p.js';
import { any, cast, where } from '../../numerics/portable.js';
import { ratio } from '../../numerics/quotient.js';
import { sum } from '../../numerics/sum.js';
import { add, div, expandDims, less, max, mul, neg, reshape, sub } from '../../tfjs/ops.js';
import { asLists, isNoHigher, itemsOf, ofPairs } from './common/lists.js';

export interface ApproxNdcgOptions {
  /** Divides the differences of scores: the smaller, the closer an approximate rank is to the rank. Default 0.1. */
  readonly temperature: number;
}

/**
 * Approximate NDCG loss of ranked lists: −Σᵢ (2^{y_i} − 1) ÷ ln(1 + r_i), divided by what the best order has in place of the
 * sum, with labels y, how relevant an item is, predictions s, its score, and approximate ranks
 * r_i = ½ + Σ_j σ((s_j − s_i) ÷ T), σ the logistic function and j each item of the list, i too.
 *
 * Shapes `(...,L),(...,L)->(...,L)->(...)`; a mask removes items. Without unit, from −1 to 0.
 *
 * Items with a negative label are padding, and removed too. A list without a label above 0 is 0 and does not count.
 *
 * @throws if the shapes differ or an option is unknown or out of range.
 * @see Qin et al. (2010), doi:10.1007/s10791-009-9124-x; Bruch et al. (2019), doi:10.1145/3331184.3331347; TensorFlow
 * Ranking `ApproxNDCGLoss`.
 * @example approxNdcg([[1, 0, -1]], [[2, 2, 5]]) // [-0.7565]
 * @function
 */
export const approxNdcg: Loss<ApproxNdcgOptions> = /* @__PURE__ */ defineLoss<ApproxNdcgOptions>({
  name: 'approxNdcg',
  signature: '(...,L),(...,L)->(...,L)->(...)',
  domains: [relevance, real],
  options: { temperature: [0.1, temperature] },
  formula: ({ labels, predictions }, { temperature }, valid) => {
    const isItem = asLists(itemsOf(labels, valid));
    const [y, s] = [labels, predictions].map((input) => where(isItem, asLists(input), 0)) as [Tensor, Tensor];
    const isRelevant = constant(() => any(less(0, y), -1));
    const gains = gainsOf(y);
    const gained = cumulated(gains, approximateRanks(s, isItem, temperature));
    const best = cumulated(
      gains,
      constant(() => ranksByLabel(y, isItem)),
    );
    const values = where(isRelevant, neg(ratio(gained, where(isRelevant, best, 1))), 0);
    const ofLists = labels.shape.slice(0, -1);
    return { values: reshape(values, ofLists), valid: constant(() => reshape(isRelevant, ofLists)) };
  },
});

/** 2^y − 1, divided by 2^y of the most relevant item of the list, as 2^y itself may be beyond float32. */
function gainsOf(y: Tensor): Tensor {
  const largest = constant(() => max(y, -1, true));
  const power = exp(mul(Math.LN2, sub(y, largest)));
  return neg(mul(power, expm1(mul(-Math.LN2, y))));
}

/** Σ gain ÷ ln(1 + rank). */
const cumulated = (gains: Tensor, ranks: Tensor): Tensor => sum(ratio(gains, log1p(ranks)), -1);

/** ½ + Σ_j σ((s_j − s_i) ÷ T). */
function approximateRanks(scores: Tensor, isItem: Tensor, temperature: number): Tensor {
  const leads = div(
    ofPairs((own, other) => sub(other, own), scores),
    temperature,
  );
  return add(0.5, sum(where(expandDims(isItem, 1), sigmoid(leads), 0), -1));
}

/** How many items rank as high by their labels, the item itself among them. */
const ranksByLabel = (labels: Tensor, isItem: Tensor): Tensor => sum(cast(isNoHigher(labels, isItem), 'float32'), 1);
