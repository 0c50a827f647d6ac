import type { Tensor } from '@tensorflow/tfjs-core';
import { kernels, type PlacesFormula } from '../../../call/kernelSlots.js';
import { both, ofRank } from '../../../numerics/positions.js';
import { fail, show } from '../../../definition/fail.js';
import {
  classAxis,
  distinctIntegers,
  either,
  flag,
  integer,
  type Kind,
  oneOf,
  orNull,
} from '../../../definition/kinds.js';
import type { OptionSchema } from '../../../definition/options.js';
import { constant, withGradientGiven } from '../../../numerics/autodiff.js';
import { sigmoid } from '../../../numerics/functions.js';
import { othersOf, softmax } from '../../../numerics/softmax.js';
import { any, lowest, where } from '../../../numerics/portable.js';
import { sum } from '../../../numerics/sum.js';
import { clone, less, neg, notEqual, reshape, sub, tensor } from '../../../tfjs/ops.js';

/** Which axis is that of the classes, and how logits become probabilities. */
export interface ActivationOptions {
  /** The class axis of predictions, and of labels that are no class indices; 1 where channels come first. Default -1. */
  readonly classAxis: number;
  /** Predictions are logits, not probabilities. Default false. */
  readonly fromLogits: boolean;
  /** What makes probabilities of logits. Default null: `'softmax'`, or `'sigmoid'` where there is a single class. */
  readonly activation: 'softmax' | 'sigmoid' | null;
}

export const activationOptions: OptionSchema<ActivationOptions> = {
  classAxis: [-1, classAxis],
  fromLogits: [false, flag],
  activation: [null, /* @__PURE__ */ orNull(oneOf('softmax', 'sigmoid'))],
};

/** What a formula gives, by a kernel where there is one. */
export const atPlaces = (formula: PlacesFormula, tensors: readonly Tensor[]): Tensor =>
  kernels.places?.(formula, tensors) ?? formula.compute(...tensors);

const sigmoidOfEach: PlacesFormula = { compute: sigmoid, isElementwise: true };
const complementOfEach: PlacesFormula = { compute: (x) => sigmoid(neg(x)), isElementwise: true };
const softmaxOfRows: PlacesFormula = { compute: softmax, isElementwise: false };
const othersOfRows: PlacesFormula = { compute: othersOf, isElementwise: false };

/** Probabilities p, and 1 − p of each where it has digits that p lacks, without derivative. Null: p has them all. */
interface Probabilities {
  readonly probabilities: Tensor;
  readonly others: Tensor | null;
}

/** Probabilities of each class at each pixel. An entry that does not count takes no part in the softmax of its pixel. */
export function activated(
  predictions: Tensor,
  { fromLogits, activation }: Pick<ActivationOptions, 'fromLogits' | 'activation'>,
  counted: Tensor | null,
): Probabilities {
  if (!fromLogits) return { probabilities: predictions, others: null };
  if (activationOf(predictions, activation) === 'sigmoid') {
    return {
      probabilities: atPlaces(sigmoidOfEach, [predictions]),
      others: constant(() => atPlaces(complementOfEach, [predictions])),
    };
  }
  const logits = ofCountedClasses(predictions, counted);
  const probabilities = atPlaces(softmaxOfRows, [logits]);
  return { probabilities, others: constant(() => atPlaces(othersOfRows, [probabilities])) };
}

/** What makes probabilities of these logits. */
export const activationOf = (
  { shape }: Tensor,
  given: ActivationOptions['activation'],
): NonNullable<ActivationOptions['activation']> => given ?? ((shape.at(-1) ?? 1) > 1 ? 'softmax' : 'sigmoid');

/** Logits of which those that do not count have no part in a softmax. */
export function ofCountedClasses(logits: Tensor, counted: Tensor | null): Tensor {
  if (counted === null || counted.shape.at(-1) === 1) return logits;
  const isAnyCounted = constant(() => any(counted, -1, true));
  return where(isAnyCounted, where(counted, logits, lowest()), 0);
}

/** 1 − p of each probability p, with all digits. */
export const restOf = ({ probabilities, others }: Probabilities): Tensor =>
  others ? withRest(probabilities, others) : sub(1, probabilities);

const withRest = /* @__PURE__ */ withGradientGiven(
  (_, others) => clone(others),
  (dy) => neg(dy),
);

/** y − p of each label y and probability p, where 1 − p has digits that p lacks. */
export const missing = (y: Tensor, p: Tensor, rest: Tensor): Tensor =>
  where(
    constant(() => less(0.5, y)),
    sub(rest, sub(1, y)),
    sub(y, p),
  );

/** Over what is summed: each example, the whole batch, one or several axes of the predictions, or all of them. */
export type SummedAxes = 'example' | 'batch' | 'all' | number | readonly number[];

export const exampleOrBatch: Kind<'example' | 'batch'> = /* @__PURE__ */ oneOf('example', 'batch');

export const summedAxes: Kind<SummedAxes> = /* @__PURE__ */ either(
  oneOf('example', 'batch', 'all'),
  either(integer, distinctIntegers),
);

/** The signature of a loss that sums over these axes and leaves the others; a list of them needs a name for each. */
export function segmentationSignature(who: string, axis: SummedAxes, rank: number): string {
  const [entries, result] =
    typeof axis === 'string' ? ['B,...,C', axis === 'example' ? 'B' : ''] : named(who, axis, rank);
  return `(${entries}),(${entries})->(${entries})->(${result})`;
}

function named(who: string, axis: number | readonly number[], given: number): string[] {
  const rank = Math.max(given, 2);
  const names = Array.from({ length: rank }, (_, i) => (i === 0 ? 'B' : i === rank - 1 ? 'C' : `A${i}`));
  const over = fromStart(axis, rank);
  if (new Set(over).size < over.length || over.some((a) => a < 0 || a >= rank)) {
    fail(who, `axis is ${show(axis)}; expected different axes of the predictions, which have ${rank}`);
  }
  return [names.join(), names.filter((_, i) => !over.includes(i)).join()];
}

const fromStart = (axis: number | readonly number[], rank: number): number[] =>
  [axis].flat().map((a) => (a < 0 ? a + rank : a));

/** The axes that are summed, by number. */
export function overAxes(axis: SummedAxes, rank: number): number[] {
  if (typeof axis !== 'string') return fromStart(axis, rank);
  const first = axis === 'example' ? 1 : 0;
  return Array.from({ length: (axis === 'all' ? rank : rank - 1) - first }, (_, i) => first + i);
}

/** A sum over several axes, or over none. */
export const sumOver = (x: Tensor, over: number[]): Tensor => (over.length === 0 ? x : sum(x, over));

/** Which entries count: valid ones of chosen classes whose weight is not 0. */
export function countedEntries(
  valid: Tensor | null,
  weights: Tensor | null,
  chosen: Tensor | null,
  rank: number,
): Tensor | null {
  const ofClasses = chosen && reshape(chosen, [...new Array<number>(rank - 1).fill(1), -1]);
  const heavy = both(valid && ofRank(valid, rank), weights && constant(() => notEqual(weights, 0)));
  return both(heavy, ofClasses);
}

/**
 * x at the pixels, which are the first `rank` axes, and 0 at those that weigh nothing: they often lack labels, and x may be
 * anything there, NaN too.
 */
export function heavyPixels(x: Tensor, weights: Tensor | null, rank: number): Tensor {
  if (weights === null) return x;
  const isHeavy = constant(() => ofRank(ofRank(notEqual(weights, 0), rank), x.rank));
  return where(isHeavy, x, 0);
}

/** x, and 0 where an entry does not count. */
export const onlyCounted = (x: Tensor, counted: Tensor | null): Tensor => (counted ? where(counted, x, 0) : x);

/** True at the chosen ones of the classes; null if that is all. */
export function chosenClasses(who: string, chosen: readonly number[] | null, classes: number): Tensor | null {
  if (chosen === null) return null;
  if (chosen.some((c) => c >= classes)) {
    fail(who, `classes is ${show(chosen)}; expected class indices from 0 to ${classes - 1}`);
  }
  return tensor(
    Array.from({ length: classes }, (_, c) => chosen.includes(c)),
    [classes],
    'bool',
  );
}
