import { lessEqual, ones, type Tensor, unstack } from '@tensorflow/tfjs-core';
import { ofTable, type TableFormula } from '../../../call/kernelSlots.js';
import { both } from '../../../numerics/positions.js';
import type { Definition, Unreduced } from '../../../definition/definition.js';
import type { Json } from '../../../definition/kerasFacts.js';
import {
  classIndicesOrNull,
  flag,
  labelOrNull,
  nonNegative,
  nonNegativePerClass,
  oneOf,
  positive,
} from '../../../definition/kinds.js';
import type { OptionSchema } from '../../../definition/options.js';
import type { TensorInput } from '../../../definition/tensorInput.js';
import { constant } from '../../../numerics/autodiff.js';
import { atLeast, boundedLog, power } from '../../../numerics/functions.js';
import { alongLast, any, representable, where } from '../../../numerics/portable.js';
import { logOfWhole } from '../../../numerics/logOfWhole.js';
import { quotient, ratio } from '../../../numerics/quotient.js';
import { mean, stretch, sum, times } from '../../../numerics/sum.js';
import { add, less, logicalAnd, mul, neg, notEqual, reshape } from '../../../tfjs/ops.js';
import { lackOf } from './lack.js';
import { type ErrorWeights, errorsOf, overlapTerms } from './overlapTerms.js';
import { activationOptions, type ActivationOptions, onlyCounted, summedAxes, type SummedAxes } from './segmentation.js';
import { type Facts, ofSums, type Sums } from './summed.js';

/** The options of losses about the overlap of two masks. */
export interface OverlapOptions extends ActivationOptions {
  /**
   * Over what overlaps are summed: `'example'` (default) gives one value per example, `'batch'` one for all; both are
   * means over the classes. A list of axes sums over those and leaves the others, that of the classes too; `'all'` sums
   * over everything.
   */
  readonly axis: SummedAxes;
  /** Added to the overlap and to what it is divided by, so that two empty masks overlap fully. Default 1e-5. */
  readonly smooth: number;
  /** Lower bound of what the overlap is divided by, and of the score in the logarithm. Default 1e-7. */
  readonly epsilon: number;
  /** The loss of a class is −ln score, not 1 − score. Default false. */
  readonly logLoss: boolean;
  /** One weight per class, `[C]`: Σ w·l ÷ Σ w. Where `axis` sums over the classes, they weigh entries. Default null. */
  readonly classWeights: TensorInput | null;
  /** Indices of the classes that count. Default null, all. */
  readonly classes: readonly number[] | null;
  /** A label that marks pixels, or single entries of labels with a class axis, which do not count. Default null. */
  readonly ignoreIndex: number | null;
  /** What a class that no label has counts: its loss (`'count'`, default), nothing (`'skip'`), or a loss of 0 (`'zero'`). */
  readonly absentClasses: 'count' | 'skip' | 'zero';
  /** The overlap of a label y and a probability p: y·p (`'product'`, default) or the smaller of them (`'minimum'`). */
  readonly intersection: 'product' | 'minimum';
  /** Squares labels and probabilities in the sizes of the masks. Default false. */
  readonly squared: boolean;
}

export const overlapOptions: OptionSchema<OverlapOptions> = {
  ...activationOptions,
  axis: ['example', summedAxes],
  smooth: [1e-5, nonNegative],
  epsilon: [1e-7, positive],
  logLoss: [false, flag],
  classWeights: [null, nonNegativePerClass],
  classes: [null, classIndicesOrNull],
  ignoreIndex: [null, labelOrNull],
  absentClasses: ['count', /* @__PURE__ */ oneOf('count', 'skip', 'zero')],
  intersection: ['product', /* @__PURE__ */ oneOf('product', 'minimum')],
  squared: [false, flag],
};

/** A list of axes counts them as they are; classes are looked for where it does not. */
export const overlapConflict = ({ axis, classAxis }: OverlapOptions): string | undefined =>
  classAxis === -1 || typeof axis === 'string'
    ? undefined
    : `classAxis is ${classAxis}, and axis a list; expected axis to be "example", "batch" or "all" with it`;

/** What Keras has of these options: it sums over given axes, by default all. */
export const overlapInKeras = {
  fixed: { smooth: 0 },
  can: ({ axis, classAxis }: OverlapOptions): boolean => axis !== 'example' && axis !== 'batch' && classAxis === -1,
  write: ({ axis }: OverlapOptions): { readonly axis: Json } => ({ axis: axis === 'all' ? null : axis }),
  read: ({ axis = null }: { readonly [key: string]: Json }): Pick<OverlapOptions, 'axis'> => ({
    axis: axis === null ? 'all' : (axis as number[]),
  }),
} as const;

/** Options that make a difference to the terms of an overlap loss. */
export const overlapUses = ['fromLogits', 'activation', 'intersection', 'squared'] as const;

/** How much errors count, and the power of the loss of each class. */
interface Shape extends ErrorWeights {
  readonly gamma?: number;
}

type Options = OverlapOptions & { readonly weights: TensorInput | null };

/**
 * (1 − (I + s) ÷ max(I + α·(P − I) + β·(T − I) + s, ε))^γ of each class, with the overlap I of labels and predictions
 * and their sizes T and P.
 */
/* @__NO_SIDE_EFFECTS__ */
export const overlapLoss = <O extends OverlapOptions>(
  name: string,
  shape: Shape | ((options: O) => Shape),
): Pick<Definition<O>, 'formula' | 'shortcut'> =>
  ofSums<O>({
    name,
    uses: overlapUses,
    terms: (inputs, options, valid, chosen) => overlapTerms(inputs, options, options, valid, chosen),
    loss: (sums, options, facts) =>
      lossOfOverlaps(sums, options, typeof shape === 'function' ? shape(options) : shape, facts),
  });

/** The loss of the sums of `overlapTerms`. */
export function lossOfOverlaps(
  { each, stacked }: Sums,
  options: Options,
  { alpha, beta, gamma = 1 }: Shape,
  { over, ofPositions, chosen, counted }: Facts,
): Unreduced {
  const { axis, smooth, absentClasses, logLoss, squared } = options;
  const epsilon = representable(options.epsilon);
  const classWeights = options.classWeights as Tensor | null;
  const sumsClasses = over.length > ofPositions.length;
  const weighed = (x: Tensor): Tensor => (classWeights ? times(x, alongLast(classWeights, x.rank)) : x);
  const whole = (x: Tensor): Tensor => (sumsClasses ? sum(weighed(x), -1) : x);
  const facts: ClassFacts = { alpha, beta, gamma, smooth, epsilon, logLoss, squared };
  const loss =
    stacked && !sumsClasses ? lossesOfTable(stacked, facts) : lossOfClass(each().slice(0, 4).map(whole), facts);

  const isPresent = (): Tensor => constant(() => notEqual(whole(each()[3] as Tensor), 0));
  const losses = absentClasses === 'zero' ? where(isPresent(), loss, 0) : loss;
  const mayCount = absentClasses === 'skip' ? isPresent() : null;
  if (axis === 'example' || axis === 'batch') {
    return { values: meanOverClasses(losses, both(mayCount, chosen), classWeights) };
  }
  const all = counted();
  const hasCounted = all && constant(() => any(all, over));
  return {
    values: sumsClasses ? losses : weighed(losses),
    ownWeight: sumsClasses ? null : classWeights,
    valid: both(hasCounted, mayCount),
  };
}

/** What the loss of a class depends on beside its sums. */
interface ClassFacts extends Required<Shape>, Pick<OverlapOptions, 'smooth' | 'epsilon' | 'logLoss' | 'squared'> {}

function lossOfClass(
  [overlap, first, second]: readonly Tensor[],
  { alpha, beta, gamma, smooth, epsilon, logLoss, squared }: ClassFacts,
): Tensor {
  const errors = errorsOf(first as Tensor, second as Tensor, { squared }, { alpha, beta });
  return power((logLoss ? minusLog : lackOf)(add(overlap as Tensor, smooth), errors, epsilon), gamma);
}

/** The loss of each row of sums. */
const lossOfRows: TableFormula<ClassFacts> = {
  gives: 'rows',
  compute: ([sums], facts) => lossOfClass(unstack(sums as Tensor, -1), facts),
};

function lossesOfTable(sums: Tensor, facts: ClassFacts): Tensor {
  const { shape } = sums;
  return reshape(ofTable(lossOfRows, facts, [reshape(sums, [-1, shape.at(-1) as number])]), shape.slice(0, -1));
}

/** −ln of hits ÷ max(hits + errors, ε), which is bounded at ε, with all digits of the errors. */
function minusLog(hits: Tensor, errors: Tensor, epsilon: number): Tensor {
  const whole = add(hits, errors);
  const isFree = constant(() => logicalAnd(lessEqual(epsilon, whole), less(mul(epsilon, whole), hits)));
  const free = logOfWhole(where(isFree, hits, 1), where(isFree, errors, 0));
  return where(isFree, free, neg(boundedLog(ratio(hits, atLeast(whole, epsilon)), epsilon)));
}

/** The mean over the last axis of what is kept, weighted; 0 where that is nothing. */
export function meanOverClasses(losses: Tensor, kept: Tensor | null, weights: Tensor | null): Tensor {
  if (kept === null && weights === null) return mean(losses, -1);
  const shares = onlyCounted(weights ? stretch(weights, losses.shape) : ones(losses.shape), kept);
  return quotient(sum(mul(shares, onlyCounted(losses, kept)), -1), sum(shares, -1));
}
