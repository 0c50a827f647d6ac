import type { Tensor } from '@tensorflow/tfjs-core';
import { ofEntries, type RowFormula } from '../../../call/pairsOfEntries.js';
import type { Unreduced } from '../../../definition/definition.js';
import type { OptionSchema } from '../../../definition/options.js';
import { constant, dependingOn } from '../../../numerics/autodiff.js';
import { mulNoNan } from '../../../numerics/functions.js';
import { entryAt, isAtPlace, placesIn } from '../../../numerics/entryAt.js';
import { cast, where } from '../../../numerics/portable.js';
import { columnsOf } from '../../../numerics/columns.js';
import { stretch, sum } from '../../../numerics/sum.js';
import { add, div, less, logicalAnd, mul, notEqual, reshape, sub } from '../../../tfjs/ops.js';
import { lambdaOptions, type LambdaOptions, lambdaWeights } from './lambdaWeights.js';
import { asLists, itemsOf, type Lists, scoreOptions, type ScoreOptions } from './lists.js';

export interface PairwiseOptions extends ScoreOptions, LambdaOptions {}

export const pairwiseOptions: OptionSchema<PairwiseOptions> = { ...scoreOptions, ...lambdaOptions };

/** What is known of the items on one side of pairs. */
export interface Side {
  readonly labels: Tensor;
  readonly scores: Tensor;
  readonly places: Tensor;
}

/** A loss of pairs of items of a list, in parts that add up to it. */
export interface PairLoss<O extends object> {
  /** Which two items make a pair. */
  readonly isPair: (first: Side, second: Side) => Tensor;
  /**
   * The loss of each pair, and anything finite of what is none. Derivatives of parts are summed up by themselves, so that small
   * ones are not lost next to large ones.
   */
  readonly parts: readonly ((first: Side, second: Side, isPair: Tensor, options: O) => Tensor)[];
}

/** The sums over the pairs of an item, which add up, and how many these are, each times what a pair counts. */
export interface PairFormulas<O extends object> {
  readonly losses: readonly RowFormula<O>[];
  readonly counts: RowFormula<object>;
}

/* @__NO_SIDE_EFFECTS__ */
export function pairFormulas<O extends object>({ isPair, parts }: PairLoss<O>): PairFormulas<O> {
  const read = (tensors: readonly Tensor[]): Pairing => {
    const [scores, labels, areItems, ...rest] = tensors as [Tensor, Tensor, Tensor, ...Tensor[]];
    const [place, weights = null] = [...rest].reverse() as [Tensor, Tensor?];
    const places = constant(() => stretch(place, labels.shape));
    const second = { labels, scores, places: constant(() => columnsOf(labels)) };
    const isThere = isAtPlace(place, labels);
    const own = (x: Tensor): Tensor => entryAt(isThere, x);
    const first = { labels: own(labels), scores: own(scores), places };
    const counted = constant(() => logicalAnd(notEqual(mul(areItems, own(areItems)), 0), isPair(first, second)));
    return { first, second, counted, weights: weights && constant(() => where(counted, weights, 0)) };
  };
  return {
    losses: parts.map((lossOf) => ({
      gives: 'rows',
      compute: (tensors, options) => {
        const { first, second, counted, weights } = read(tensors);
        const losses = lossOf(first, second, counted, options);
        return sum(weights ? mulNoNan(weights, losses) : where(counted, losses, 0), -1);
      },
    })),
    counts: {
      gives: 'rows',
      compute: (tensors) => {
        const { counted, weights } = read(tensors);
        return sum(weights ?? cast(counted, 'float32'), -1);
      },
    },
  };
}

interface Pairing {
  readonly first: Side;
  readonly second: Side;
  readonly counted: Tensor;
  /** How much each pair counts, 0 of what is none. Null: all alike. */
  readonly weights: Tensor | null;
}

/**
 * The formulas of a loss of the difference of two scores, (s_i − s_j) ÷ T, of items of which the first is to rank above the
 * second, y_i > y_j.
 */
/* @__NO_SIDE_EFFECTS__ */
export const differenceFormulas = <O extends ScoreOptions>(
  ...parts: readonly ((difference: Tensor, options: O) => Tensor)[]
): PairFormulas<O> =>
  pairFormulas({
    isPair: (first, second) => less(second.labels, first.labels),
    parts: parts.map((lossOf) => (first, second, isPair, options) => {
      const difference = where(isPair, sub(first.scores, second.scores), 0);
      return lossOf(div(difference, options.temperature), options);
    }),
  });

/**
 * Of each item i the sum over its pairs with items j of losses, each times what the pair counts. The item counts by itself as
 * much as its pairs do.
 *
 * @param options those of the formulas.
 */
export function pairwise<O extends object>(
  { losses, counts }: PairFormulas<O>,
  options: O,
  { labels, predictions }: Lists,
  lambdas: LambdaOptions,
  valid: Tensor | null,
): Unreduced {
  const isItem = itemsOf(labels, valid);
  const [y, scores, areItems] = [labels, predictions, isItem].map(asLists) as [Tensor, Tensor, Tensor];
  const counted = constant(() => cast(areItems, 'float32'));
  const { lambdaWeight } = lambdas;
  const weights =
    lambdaWeight === null
      ? null
      : constant(() => lambdaWeights(lambdaWeight, { labels: y, scores, isItem: areItems }, lambdas));
  const given = {
    own: [placesIn(y)],
    others: [scores, y, counted],
    apart: weights ? [weights] : [],
  };
  const values = losses.map((part) => ofEntries(part, options, given)).reduce((a, b) => add(a, b));
  const ofItems = (values: Tensor): Tensor => reshape(values, labels.shape);
  return {
    values: dependingOn(ofItems(values), labels),
    ownWeight: constant(() => ofItems(ofEntries(counts, {}, given))),
    valid: isItem,
  };
}
