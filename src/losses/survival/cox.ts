import { lessEqual, log, logicalOr, range, slice, squeeze, type Tensor } from '@tensorflow/tfjs-core';
import { ofEntries, type RowFormula } from '../../call/pairsOfEntries.js';
import type { Loss } from '../../definition/definition.js';
import { real, timeAndEvent } from '../../definition/domain.js';
import { oneOf } from '../../definition/kinds.js';
import type { TensorInput } from '../../definition/tensorInput.js';
import { defineLoss } from '../../loss/define.js';
import { constant, withDerivativeOf } from '../../numerics/autodiff.js';
import { columnsOf } from '../../numerics/columns.js';
import { abs, atLeast, expm1 } from '../../numerics/functions.js';
import { log1p } from '../../numerics/log1p.js';
import { cast, lowest, where } from '../../numerics/portable.js';
import { ofShape } from '../../numerics/positions.js';
import { logSoftmaxAt } from '../../numerics/softmax.js';
import { stretch, sum } from '../../numerics/sum.js';
import { add, div, equal, less, logicalAnd, max, neg, notEqual, reshape, sub } from '../../tfjs/ops.js';

export interface CoxOptions {
  /**
   * What the events of one time are taken for: `'efron'` (the default) as ones that follow each other, so that each leaves
   * an even share of them less at risk; `'breslow'` as ones with all of them at risk.
   */
  readonly ties: 'efron' | 'breslow';
}

type CoxInputs = readonly [labels: TensorInput, logHazards: TensorInput];

/**
 * Cox's partial likelihood of a batch of survival times: of each event ln Σ_j e^{h_j} − h_i, with the logarithms h of
 * hazards, where j runs over those at risk, whose time is not smaller.
 *
 * Shapes `(B,2),(B)->(B)`: labels are a time, and 1 for an event or 0 where observation ended before one; log-hazards
 * `(B,1)` serve as well. In nats.
 *
 * The censored are at risk until their time and do not count themselves: `'sum'` is minus the partial log-likelihood, and
 * `'mean'` divides by the number of events. Weights are those of events; they do not change who is at risk. A mask removes
 * examples altogether. Times and events are constant in the gradient.
 *
 * Examples of other batches are not at risk: batches should be large. All pairs are compared, B².
 *
 * @throws if the shapes do not fit or an option is unknown or out of range.
 * @see Cox (1972), doi:10.1111/j.2517-6161.1972.tb00899.x; Efron (1977), doi:10.1080/01621459.1977.10480613;
 * statsmodels `PHReg`, lifelines `CoxPHFitter`, TorchSurv `neg_partial_log_likelihood`.
 * @example cox([[1, 1], [2, 0], [3, 1]], [0, 0, 1], { reduction: 'none' }) // [1.5514, 0, 0]
 * @function
 */
export const cox: Loss<CoxOptions, CoxInputs> = /* @__PURE__ */ defineLoss<
  CoxOptions,
  'labels' | 'logHazards',
  CoxInputs
>({
  name: 'cox',
  aliases: { coxPh: {}, partialLikelihood: {} },
  signature: '(B,2),(B)->(B)',
  isOfBatch: () => true,
  inputs: ['labels', 'logHazards'],
  domains: [timeAndEvent, real],
  options: { ties: ['efron', /* @__PURE__ */ oneOf('efron', 'breslow')] },
  shift: ([labels, logHazards]) =>
    labels && logHazards?.rank === 2 && logHazards.shape[1] === 1 ? [labels, reshape(logHazards, [-1])] : undefined,
  formula: ({ labels, logHazards }, { ties }, mask) => {
    const batch = logHazards.size;
    const valid = mask && constant(() => ofShape(mask, [batch]));
    const [time, event] = [0, 1].map((at) => reshape(slice(labels, [0, at], [batch, 1]), [batch])) as [Tensor, Tensor];
    const isEvent = constant(() => {
      const hasHappened = less(0.5, event);
      return valid ? logicalAnd(hasHappened, valid) : hasHappened;
    });
    const rows = (...columns: readonly Tensor[]): Tensor[] => columns.map((x) => reshape(x, [1, batch]));
    const places = constant(() => range(0, batch, 1, 'float32'));
    const given = { own: rows(time, places), others: rows(logHazards, time, isEvent, ...(valid ? [valid] : [])) };
    const losses = reshape(ofEntries(lossOfOne, { ties }, given), [batch]);
    // The event of one that has none is 0.
    return { values: where(isEvent, losses, event), valid: isEvent };
  },
});

/** Of an example and all examples. */
const lossOfOne: RowFormula<CoxOptions> = {
  gives: 'rows',
  compute: (tensors, { ties }) => {
    const [logHazards, times, areEvents, counted = null] = tensors.slice(0, -2) as [Tensor, Tensor, Tensor, Tensor?];
    const [time, place] = tensors.slice(-2) as [Tensor, Tensor];
    const places = columnsOf(logHazards);
    const isSelf = constant(() => equal(places, place));
    const isAtRisk = constant(() => {
      const isStillThere = lessEqual(time, times);
      // What does not count has itself in its row, so that nothing infinite comes of it.
      return counted ? logicalOr(isSelf, logicalAnd(isStillThere, notEqual(counted, 0))) : isStillThere;
    });
    const isTied = constant(() => logicalAnd(equal(time, times), notEqual(areEvents, 0)));
    const isBefore = constant(() => less(places, place));
    const turns = ties === 'efron' ? turnsOf(isTied, isBefore) : null;
    const left = turns && stretch(logOfLeft(turns), logHazards.shape);
    const scores = left ? add(logHazards, where(isTied, left, 0)) : logHazards;
    const surprise = neg(logSoftmaxAt(where(isAtRisk, scores, lowest()), isSelf));
    if (!turns) return surprise;
    const plain = add(squeeze(logOfLeft(turns), [1]), surprise);
    return withDigitsOfLast(plain, { logHazards, isSelf, isAtRisk }, turns);
  },
};

const countOf = (pairs: Tensor): Tensor => sum(cast(pairs, 'float32'), 1, true);

/** Events of one time, one after the other. */
interface Turns {
  readonly isTied: Tensor;
  /** How many are tied with an event, itself among them, or 1, and how many of them come before it, `[B, 1]`. */
  readonly all: Tensor;
  readonly before: Tensor;
}

const turnsOf = (isTied: Tensor, isBefore: Tensor): Turns => ({
  isTied,
  all: constant(() => atLeast(countOf(isTied), 1)),
  before: constant(() => countOf(logicalAnd(isTied, isBefore))),
});

/** The logarithm of the share of those tied with an event that are left when its turn comes, `[B, 1]`. */
const logOfLeft = ({ all, before }: Turns): Tensor => constant(() => log(div(sub(all, before), all)));

/**
 * Where an event is the last at risk, its loss is the logarithm of the mean of e^(h_j − h_i) over those tied with it: near 0
 * if their hazards are close, and then not to be had as a difference of logarithms.
 */
function withDigitsOfLast(
  losses: Tensor,
  { logHazards, isSelf, isAtRisk }: Readonly<Record<'logHazards' | 'isSelf' | 'isAtRisk', Tensor>>,
  { isTied, all, before }: Turns,
): Tensor {
  return withDerivativeOf(losses, () => {
    const own = sum(where(isSelf, logHazards, 0), 1, true);
    const apart = where(isTied, sub(logHazards, own), 0);
    const isLast = equal(sub(countOf(isAtRisk), before), 1);
    const isNear = logicalAnd(isLast, less(max(abs(apart), 1, true), 1));
    const excess = div(sum(expm1(where(isNear, apart, 0)), 1, true), all);
    return where(squeeze(isNear, [1]), squeeze(log1p(excess), [1]), losses);
  });
}
