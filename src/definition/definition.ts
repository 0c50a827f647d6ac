import type { Scalar, Tensor } from '@tensorflow/tfjs-core';
import type { ClassAxis } from './classAxis.js';
import type { sizesBrought } from './brought.js';
import { rangeWithin } from './confine.js';
import type { Domain } from './domain.js';
import type { Kind } from './kinds.js';
import type { KerasFacts, KerasTarget, LossConfig } from './kerasFacts.js';
import type { CommonOptions, Given, OptionSchema, Reduction } from './options.js';
import type { Parts } from '../numerics/inBlocks.js';
import { parseSignature, type Pattern, type Signature } from './signature.js';
import type { TensorInput } from './tensorInput.js';

/** What a formula gives before reduction. */
export interface Unreduced {
  readonly values: Tensor;
  /**
   * How much each position counts by itself in what `'weightedMean'` divides by: the class weight of its label, which the
   * formula has already multiplied in, or 1 and 0 for those that are counted and those that are not.
   */
  readonly ownWeight?: Tensor | null;
  /** Which values count, where the formula knows it better than mask and labels do. */
  readonly valid?: Tensor | null;
}

/** What a weighted mean divides by where own weights sum to 0. */
export interface MassIfNone {
  readonly mass: number;
  /** What a reduction divides by: in the weighted mean the mass where the divisor is 0. */
  readonly divisor: (divisor: Tensor, reduction: Reduction) => Tensor;
}

/** What a loss is: a formula and its facts. Everything else about it is derived from these. */
export interface Definition<O extends object, Name extends string = string> {
  /** The public name, also the function's `name`. */
  readonly name: string;
  /**
   * What else people call it, for `getLoss`, and the options that they mean with that name. Other spellings of the name
   * itself need no entry.
   */
  readonly aliases?: Readonly<Record<string, Partial<O>>>;
  /** What Keras 3 calls it and which options it knows there. */
  readonly keras?: KerasFacts<O>;
  /** Shapes of the inputs and of the unreduced result, see `Signature`; they may depend on options and on the rank. */
  readonly signature: string | ((options: O, rank: number) => string);
  /** Names of the inputs in their order. Default: labels, predictions. */
  readonly inputs?: readonly Name[];
  /** What the numbers of each input mean, in the order of the inputs; see `domainsOf`. */
  readonly domains: readonly Domain[] | ((options: O) => readonly Domain[]);
  /**
   * Between which predictions the formula means something, where that is not the range of their domain: beyond it the
   * core keeps it at the bound, see `confined`. Null: it has a value and pulls back everywhere, as a square does.
   */
  readonly range?: readonly [low: number, high: number] | null;
  /** The default of each option and what it accepts. */
  readonly options: OptionSchema<O>;
  /** What is wrong with options that are each acceptable but do not go together. */
  readonly check?: (options: O) => string | undefined;
  /** The sizes of axes that options bring, of a loss with such options. */
  readonly brought?: typeof sizesBrought;
  /** Labels may also be class indices, without the class axis. */
  readonly takesIndices?: IndexReading;
  /** How inputs whose pattern stands in brackets are repeated to the shape of the others. */
  readonly broadcast?: (shape: readonly number[], to: number[]) => ((input: Tensor) => Tensor) | undefined;
  /** The loss of the same formula for labels of the other form, class indices or one number per class; for errors. */
  readonly sibling?: string;
  /** Weights may also be given for each entry that a mask may remove; the formula then finds them in its options. */
  readonly weighsEntries?: boolean;
  /** What `'weightedMean'` divides by where the own weights of all positions sum to 0. Default 0: then the mean is 0. */
  readonly massIfNone?: MassIfNone;
  /** Whether the value of an example depends on the other examples of its batch, where the signature does not tell. */
  readonly isOfBatch?: (options: O) => boolean;
  /** What the loss is made of that no config holds, unless a class of Keras says it; in words for the error. */
  readonly unwritable?: string;
  /** Inputs to be used in place of those given, before anything else is done with them. */
  readonly shift?: (inputs: readonly Tensor[], options: O) => readonly Tensor[] | undefined;
  /**
   * The unreduced loss. Inputs come as float32 (class indices int32) with the class axis last, of tensors with more than
   * four axes those between the first and the last of `...` as one. They are harmless where a position does not count;
   * `valid` says where that is, broadcast against what a mask may remove. Null: all count.
   */
  readonly formula: (
    inputs: Readonly<Record<Name, Tensor>>,
    options: O & { readonly weights: TensorInput | null },
    valid: Tensor | null,
  ) => Tensor | Unreduced;
  /** The values, or the total that is asked for, by another way than the formula. */
  readonly shortcut?: Shortcut;
}

/** Made by `shortcut` of `call/shortcut.ts`, which knows what a call is and what comes of it. */
export type Shortcut = (call: never) => object | null;

/** How class indices are read where a formula takes one number per class. */
export interface IndexReading {
  /** What the indices are. */
  readonly domain: Domain;
  /** `[..., C]` of labels `[...]`; NaN for a label that is not known to be a class and is none. */
  readonly oneHot: (labels: Tensor, classes: number, areInRange: boolean) => Tensor;
  /** The shape of indices in place of labels of this one. */
  readonly pattern: (labels: Pattern) => Pattern;
  /** How labels are viewed, and whether as indices; undefined: they fit as one number per class. */
  readonly view: (labels: ReadLabels) => IndexView | undefined;
}

/** Labels that may be class indices. */
export interface ReadLabels {
  /** They fit as one number per class. */
  readonly areFitting: boolean;
  /** They are integers: where they can be read both ways, they are indices. */
  readonly areIntegers: boolean;
  /** There is one class. */
  readonly isSingle: boolean;
  /** Their view as indices, if they fit as those. */
  readonly asIndices: () => ((input: Tensor) => Tensor) | undefined;
  /** The shape of one number per class. */
  readonly whole: () => number[];
}

export interface IndexView {
  readonly view: (input: Tensor) => Tensor;
  readonly isSparse: boolean;
}

/** A call as a shortcut sees it. */
export interface ShortcutCall<O, Name extends string> {
  readonly options: O & { readonly weights: TensorInput | null };
  /** As the formula gets them. */
  readonly inputs: () => Readonly<Record<Name, Tensor>>;
  /** All class indices have been looked at. */
  readonly areInRange: boolean;
  /** Which positions may enter the formula, as it is told. */
  readonly valid: () => Tensor | null;
  /** The factor of each value in the total that the reduction asks for. Null: it asks for values. */
  readonly factors: (() => Tensor) | null;
  /** Weights do not tell the values of an example apart. */
  readonly isWeighedByExample: boolean;
  /** The total of values that are made for some examples at a time. Null: the reduction asks for values. */
  readonly totalOf: ((values: RowValues) => DividedTotal) | null;
}

/** Values of which each example, a row of `own`, has a row, and how many rows are to be made at a time. */
export interface RowValues {
  readonly parts: Parts;
  readonly rows: number;
  readonly values: (parts: Parts) => Unreduced | SummedValues;
}

/** Values of which only sums are there: those of each of some rows of `[rows, K]` that an example has a row of. */
export interface SummedValues {
  /** The sums of the values that count. */
  readonly sums: Tensor;
  /** How many values count. */
  readonly counts: () => Tensor;
  /** How many of them are not 0. */
  readonly nonzero: () => Tensor;
}

/** Weighted values, summed as the reduction says, and what it divides them by. */
export interface DividedTotal {
  readonly total: Tensor;
  readonly divisor: number | Tensor;
}

/** The sum of the values, each times its factor. */
export interface WeighedTotal {
  readonly total: Tensor;
  readonly ownWeight?: Tensor | null;
}

/** The signature of a loss for predictions of a rank. */
export const signatureOf = <O extends object>(
  { signature }: Pick<Definition<O>, 'signature'>,
  options: O,
  rank: number,
): Signature => parseSignature(typeof signature === 'string' ? signature : signature(options, rank));

/** What the numbers of each input mean with these options. */
export const domainsOf = <O extends object>(
  { domains }: Pick<Definition<O>, 'domains'>,
  options: O,
): readonly Domain[] => (typeof domains === 'function' ? domains(options) : domains);

/** Which input is trained: the last one that is not held constant. */
export const trainedAmong = (domains: readonly Domain[]): number =>
  domains.map(({ isHeld }) => !isHeld).lastIndexOf(true);

/** The class axis that a loss was given with these options; undefined where no option names it. */
export function classAxisIn<O extends object>(
  { options: schema }: Pick<Definition<O>, 'options'>,
  options: O,
): ClassAxis | undefined {
  const entries: readonly [string, readonly [unknown, Kind<unknown>]][] = Object.entries(schema);
  const found = entries.find(([, [, kind]]) => kind.classAxis);
  return found?.[1][1].classAxis?.((options as Readonly<Record<string, unknown>>)[found[0]] ?? -1);
}

/** The class axis, or several, of a loss with these options; an option called axis may mean something else. */
export const classAxisOf = <O extends object>(
  definition: Pick<Definition<O>, 'options'>,
  options: O,
): number | readonly number[] => classAxisIn(definition, options)?.axis ?? -1;

/** Between which predictions the formula means something with these options; null: between all. */
export function rangeOf<O extends object>(
  definition: Pick<Definition<O>, 'domains' | 'range'>,
  options: O,
): readonly [low: number, high: number] | null {
  return rangeWithin(domainsOf(definition, options).at(-1), definition);
}

export type LossOptions<O, R extends Reduction = Reduction> = Given<O> & CommonOptions<R>;

/** `'none'` and `'perExample'` keep axes; every other reduction gives a scalar. */
export type Reduced<R extends Reduction> = R extends 'none' | 'perExample' ? Tensor : Scalar;

export type LabelsAndPredictions = readonly [labels: TensorInput, predictions: TensorInput];

/** What a definition tells about its loss: names, and the options with their defaults and what they accept. */
export type LossFacts<O extends object> = Pick<Definition<O>, 'name' | 'aliases' | 'inputs' | 'options' | 'keras'>;

/** All of a definition. */
export const definitionOf = <O extends object>({ definition }: { readonly definition: LossFacts<O> }): Definition<O> =>
  definition as Definition<O>;

/**
 * A loss some of whose options have no default: each call gives them, or `with` fixes them, which makes an ordinary loss of
 * it.
 */
export interface LossWithRequired<
  O extends object,
  Required extends keyof O,
  Inputs extends readonly TensorInput[] = LabelsAndPredictions,
> {
  <R extends Reduction = 'perExample'>(
    ...args: [...inputs: Inputs, options: LossOptions<O, R> & Pick<O, Required>]
  ): Reduced<R>;
  /** The loss as the single number that `optimizer.minimize` wants: its mean over all positions that count. */
  mean(...args: [...inputs: Inputs, options: LossOptions<O, 'mean'> & Pick<O, Required>]): Scalar;
  /** The same loss with these options fixed: a plain function, ready for `model.compile`. */
  with<R extends Reduction = 'perExample'>(options: LossOptions<O, R> & Pick<O, Required>): Loss<O, Inputs, R>;
  /** Throws, as there are no options to write; what `with` gives has one. */
  config(target?: KerasTarget): LossConfig;
  /** No options. */
  readonly fixed: LossOptions<O>;
  /** Facts of the loss that are meant to stay. */
  readonly definition: LossFacts<O>;
}

/** A loss: a function of labels, predictions and options, and `with`, which fixes options. */
export interface Loss<
  O extends object,
  Inputs extends readonly TensorInput[] = LabelsAndPredictions,
  Default extends Reduction = 'perExample',
> {
  <R extends Reduction = Default>(...args: [...inputs: Inputs, options?: LossOptions<O, R>]): Reduced<R>;
  /**
   * The loss as the single number that `optimizer.minimize` wants: its mean over all positions that count, which is
   * `with({ reduction: 'mean' })`, called.
   */
  mean(...args: [...inputs: Inputs, options?: LossOptions<O, 'mean'>]): Scalar;
  /** The same loss with these options fixed: a plain function, ready for `model.compile`. */
  with<R extends Reduction = Default>(options: LossOptions<O, R>): Loss<O, Inputs, R>;
  /**
   * Name and options as plain JSON in the format of Keras 3. `tfjs-losses/lite` leaves it out of applications that do not
   * import `toKeras` of `tfjs-losses/lite/keras` or `compile`.
   */
  config(target?: KerasTarget): LossConfig;
  /** The options that `with` has fixed. */
  readonly fixed: LossOptions<O>;
  /** Facts of the loss that are meant to stay. */
  readonly definition: LossFacts<O>;
}
