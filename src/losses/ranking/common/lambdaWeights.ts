import { lessEqual, logicalOr, logicalXor, maximum, minimum, type Tensor } from '@tensorflow/tfjs-core';
import { fraction, type Kind, oneOf, orNull, positiveIntegerOrNull } from '../../../definition/kinds.js';
import type { OptionSchema } from '../../../definition/options.js';
import { constant } from '../../../numerics/autodiff.js';
import { abs, atMost, exp, expm1 } from '../../../numerics/functions.js';
import { log1p } from '../../../numerics/log1p.js';
import { cast, where } from '../../../numerics/portable.js';
import { quotient } from '../../../numerics/quotient.js';
import { minus } from '../../../numerics/scalars.js';
import { sum } from '../../../numerics/sum.js';
import { add, div, expandDims, logicalAnd, max, mul, neg, sub } from '../../../tfjs/ops.js';
import { gainsOf, MOST_RELEVANT } from './gains.js';
import { ofBoth, ofPairs, ranksBy } from './lists.js';

/** The options of losses whose pairs count by what a metric makes of them. */
export interface LambdaOptions {
  /**
   * How much each pair counts, held constant: `'labelDifference'` |y_i − y_j|; `'dcg'` the difference of the gains 2^y − 1
   * times that of discounts, see `smoothFraction`, times the number of items; `'ndcg'` the same, divided by the DCG of the
   * best order; `'precision'` 1 where one of both is relevant, y ≥ 1, and one within `topN`, else 0. Default null, all alike.
   */
  readonly lambdaWeight: 'labelDifference' | 'dcg' | 'ndcg' | 'precision' | null;
  /**
   * How many items of the highest scores the metric of `lambdaWeight` looks at: a pair without any of them counts 0, and
   * ranks beyond have no discount. Default null, all.
   */
  readonly topN: number | null;
  /**
   * The part f of the ranks r themselves in the difference of discounts of `'dcg'` and `'ndcg'`:
   * (1 − f)·|d(|r_i − r_j|) − d(|r_i − r_j| + 1)| + f·|d(r_i) − d(r_j)|, with the discount d(r) = 1 ÷ ln(1 + r). Default 0,
   * that of LambdaLoss; 1 is that of LambdaRank.
   */
  readonly smoothFraction: number;
}

type Metric = NonNullable<LambdaOptions['lambdaWeight']>;

const metric: Kind<Metric | null> = /* @__PURE__ */ orNull(
  /* @__PURE__ */ oneOf<Metric>('labelDifference', 'dcg', 'ndcg', 'precision'),
);

export const lambdaOptions: OptionSchema<LambdaOptions> = {
  lambdaWeight: [null, metric],
  topN: [null, positiveIntegerOrNull],
  smoothFraction: [0, fraction],
};

export const lambdaConflict = ({ lambdaWeight, topN }: LambdaOptions): string | undefined =>
  lambdaWeight === 'precision' && topN === null
    ? 'lambdaWeight: "precision" is that of the topN highest scores; expected topN'
    : undefined;

/** Lists `[N, L]` as a metric sees them. */
interface Ranked {
  /** Labels, and 0 in place of padding. */
  readonly y: Tensor;
  readonly isItem: Tensor;
  /** Ranks by scores. */
  readonly ranks: Tensor;
  /** Whether ranks are among those that the metric looks at. */
  readonly isWithin: (ranks: Tensor) => Tensor;
}

/** How much each pair counts, `[N, L, L]`; what is no pair of two items may have any number. */
export const lambdaWeights = (
  metric: Metric,
  { labels, scores, isItem }: Readonly<Record<'labels' | 'scores' | 'isItem', Tensor>>,
  { topN, smoothFraction }: LambdaOptions,
): Tensor =>
  constant(() => {
    const [y, ranks] = [where(isItem, labels, 0), ranksBy(scores, isItem)];
    const isWithin = (of: Tensor): Tensor => lessEqual(of, topN ?? of.shape.at(-1) ?? 1);
    const weights = weightsBy[metric]({ y, isItem, ranks, isWithin }, smoothFraction);
    return where(ofBoth(logicalOr, isWithin(ranks)), weights, 0);
  });

const weightsBy: Readonly<Record<Metric, (lists: Ranked, smoothFraction: number) => Tensor>> = {
  labelDifference: ({ y }) => abs(ofPairs(sub, y)),
  dcg: (lists, smoothFraction) =>
    mul(gainDifferences(atMost(lists.y, MOST_RELEVANT), 0), discountDifferences(lists, smoothFraction)),
  ndcg: (lists, smoothFraction) => {
    // 2^y itself may be beyond float32.
    const largest = max(lists.y, -1, true);
    const gained = mul(gainDifferences(lists.y, expandDims(largest, 2)), discountDifferences(lists, smoothFraction));
    return quotient(gained, expandDims(bestGain(lists, largest), 2));
  },
  precision: ({ y, ranks, isWithin }) =>
    cast(logicalAnd(ofBoth(logicalXor, lessEqual(1, y)), ofBoth(logicalXor, isWithin(ranks))), 'float32'),
};

/** |2^{y_i} − 2^{y_j}| ÷ 2^scale. */
function gainDifferences(y: Tensor, scale: Tensor | number): Tensor {
  const [higher, apart] = [ofPairs(maximum, y), abs(ofPairs(sub, y))];
  return neg(mul(exp(mul(Math.LN2, sub(higher, scale))), expm1(mul(-Math.LN2, apart))));
}

/** The discounted gains of the best order, divided by 2^scale: `[N, 1]`. */
function bestGain({ y, isItem, isWithin }: Ranked, scale: Tensor): Tensor {
  const ranks = ranksBy(y, isItem);
  return sum(where(isWithin(ranks), div(gainsOf(y, scale), log1p(ranks)), 0), -1, true);
}

/** The differences of discounts, times the number of items. */
function discountDifferences({ isItem, ranks, isWithin }: Ranked, smoothFraction: number): Tensor {
  const lower = ofPairs(minimum, ranks);
  const apart = sub(ofPairs(maximum, ranks), lower);
  // What is not within has no discount.
  const ofRanks = where(ofBoth(logicalAnd, isWithin(ranks)), discountDifference(lower, apart), div(1, log1p(lower)));
  const mixed = add(mul(minus(1, smoothFraction), discountDifference(apart, 1)), mul(smoothFraction, ofRanks));
  const items = sum(cast(isItem, 'float32'), -1, true);
  return mul(expandDims(items, 2), mixed);
}

/** 1 ÷ ln(1 + r) − 1 ÷ ln(1 + r + by), without a difference of two numbers that may be almost the same. */
const discountDifference = (r: Tensor, by: Tensor | number): Tensor =>
  div(log1p(div(by, add(1, r))), mul(log1p(r), log1p(add(r, by))));
