import type { Tensor } from '@tensorflow/tfjs-core';
import type { TensorInput } from '../definition/tensorInput.js';
import type { Call } from './call.js';
import type { Outcome } from './reduce.js';

/*
 * The door between losses and kernels. Losses ask here, and run their formula where nothing answers; src/kernels/index.ts
 * fills the slots. `tfjs-losses/lite` leaves them empty.
 */

/** What kernels compute in place of formulas. Each gives null where there is no kernel for a call. */
export interface Kernels {
  /** The losses of a call, `unit` times: values, or their total. */
  readonly loss: <O extends object>(call: Call<O>, unit: number) => Outcome | null;
  /** The softmax cross-entropy of logits [..., C] with class indices [...]; `formula` gives the same. */
  readonly crossentropy: (
    inputs: () => Readonly<Record<'labels' | 'predictions', Tensor>>,
    formula: (labels: Tensor, logits: Tensor) => Tensor,
  ) => Tensor | null;
  /** What `formula` gives of logits [B, T, C]: [B]. */
  readonly likelihood: (
    logits: Tensor,
    paths: ClassPaths,
    logProbabilities: boolean,
    formula: LikelihoodFormula,
  ) => Tensor | null;
  /** The losses of the paths of labels: [B]. `formula` gives the same. */
  readonly path: (paths: CountedLabels, scores: PathScores, formula: PathFormula) => Tensor | null;
  /** The losses of lists whose items are drawn, [N]. `formula` gives the same of scores. */
  readonly drawn: (lists: DrawnLists, formula: (scores: Tensor) => Tensor) => Tensor | null;
  /**
   * The sums of terms over axes right before the last, [..., C, S] with S terms or one more; of `chosen` classes. Null also where
   * predictions are seen to be none that the loss has a meaning for.
   */
  readonly classSums: <O extends object>(
    call: Call<O>,
    terms: ClassTerms<O>,
    over: readonly number[],
    chosen: Tensor | null,
  ) => SumsOfClasses | null;
  /** The Lovász extension of the Jaccard loss, [groups, classes], of tensors [groups, pixels, classes]: see `lovaszExtension`. */
  readonly sortedErrors: (errors: Tensor, order: Tensor, isPositive: Tensor, pixels: Pixels) => Tensor | null;
  /**
   * The losses of rows of logits, [N], and with factors [N] the derivative for the logits, [N, C], of their sum, each
   * times its factor. Programs are kept for `owner`.
   */
  readonly rows: (
    owner: object,
    losses: RowLosses,
    labels: Tensor,
    logits: Tensor,
    factors: Tensor | null,
  ) => readonly [losses: Tensor, gradient?: Tensor] | null;
  /** The same of rows of logits hidden·weightᵀ + bias, and with factors the derivatives for these, by name. */
  readonly linear: (
    owner: object,
    losses: RowLosses,
    labels: Tensor,
    layer: LinearLayer,
    factors: Tensor | null,
  ) => { readonly losses: Tensor; readonly gradients: Readonly<Record<string, Tensor>> } | null;
  /** What a formula gives of tensors of one shape. */
  readonly places: (formula: PlacesFormula, tensors: readonly Tensor[]) => Tensor | null;
  /** A loss of arguments by the kernel that a call like it ran before, or else what `compute` gives. */
  readonly again: (owner: Owner, args: unknown[], compute: (args: unknown[]) => Tensor) => Tensor;
  /**
   * Is told at which numbers a call looks: none may be bad at a position that counts; none given: all count. True: it has
   * looked, and none is.
   */
  readonly lookAt: (tensor: Tensor, isBad: (value: number) => boolean, valid?: Tensor | null) => boolean;
  /**
   * What a formula gives of each row of a table, with these options; of so many groups of as many rows, where tensors [groups, C]
   * have a row for all rows of a group.
   */
  readonly table: <O extends object>(
    formula: TableFormula<O>,
    options: O,
    tensors: readonly Tensor[],
    groups?: number,
  ) => Tensor | null;
}

export const kernels: { -readonly [Name in keyof Kernels]?: Kernels[Name] } = {};

/** A loss, with the options that `with` has fixed. */
export interface Owner {
  readonly definition: {
    readonly inputs?: readonly string[];
    readonly options?: Readonly<Record<string, readonly [unknown, { readonly isHeld?: true }]>>;
  };
  readonly fixed: object;
}

/** Through which classes alignments may walk: constants. */
export interface ClassPaths extends Paths {
  /** The class of each state, [B, states]. */
  readonly states: Tensor;
}

/** ln of the summed probability of all alignments, [B], in tf ops. */
export type LikelihoodFormula = (logits: Tensor, paths: ClassPaths) => Tensor;

/** Scores of paths through classes: [B, T, C], [C, C] from the class of the row to that of the column, and [C]. */
export interface PathScores {
  readonly emissions: Tensor;
  readonly transitions: Tensor;
  readonly start: Tensor;
  readonly end: Tensor;
}

/** Class indices [B, T], of which each example has so many, [B]: constants. */
export interface CountedLabels {
  readonly labels: Tensor;
  readonly counts: Tensor;
}

/** −ln of the share of the labels' path in all, [B], in tf ops. */
export type PathFormula = (scores: PathScores, paths: CountedLabels) => Tensor;

/** Lists whose items are drawn by their labels, the largest first, from those that are left; all are [N, L]. */
export interface DrawnLists {
  readonly labels: Tensor;
  /** Which entries are items. */
  readonly areItems: Tensor;
  readonly scores: Tensor;
}

/** What may be walked: constants. */
export interface Paths {
  /** States that may be reached by skipping the one before, [B, states]. */
  readonly canSkip: Tensor;
  /** ln 1 at the states in which an alignment may end, and ln 0 at the others, [B, states]. */
  readonly ends: Tensor;
  /** Which time steps each example has, [B, T]. */
  readonly isDuring: Tensor;
}

/** What a loss sums over positions, in tf ops. */
export interface ClassTerms<O extends object> {
  /** The options that make a difference to the terms; those that are tensors have a number for each class. */
  readonly uses: readonly (keyof O & string)[];
  /**
   * Terms of each entry, [..., C], or of each position, [..., 1], whose sum stands at the first class, with zeros beside it.
   * `chosen` is true at the classes that count; null: all do.
   */
  readonly terms: (
    inputs: Readonly<Record<'labels' | 'predictions', Tensor>>,
    options: O & { readonly weights: TensorInput | null },
    valid: Tensor | null,
    chosen: Tensor | null,
  ) => Tensor[];
}

export interface SumsOfClasses {
  readonly sums: Tensor;
  /** Of predictions that are not looked at: what draws back those that the loss has no meaning for, [..., C]. Null: none of them. */
  readonly pull: Tensor | null;
}

/** Which pixels count, and how much, [groups, pixels]; null: all, and all alike. */
export interface Pixels {
  readonly valid: Tensor | null;
  readonly weights: Tensor | null;
}

/** Losses of rows of logits with class indices, in tf ops, and the options that make a difference to them. */
export interface RowLosses {
  readonly options: object;
  /** [C], without derivative; null: none. */
  readonly classWeights: Tensor | null;
  readonly compute: (labels: Tensor, logits: Tensor, classWeights: Tensor | null) => Tensor;
}

/** What makes rows of logits, so many at a time. */
export interface LinearLayer {
  /** [N, D]. */
  readonly hidden: Tensor;
  /** [C, D], or [D, C] if it is said to be transposed. */
  readonly weight: Tensor;
  readonly isTransposed: boolean;
  /** [C]. */
  readonly bias: Tensor | null;
  readonly chunkSize: number;
}

/** Numbers of each row of a table [R, C], in tf ops: `'rows'` one, [R], `'places'` one for each entry, [R, C]. Programs are kept for the formula. */
export interface TableFormula<O extends object> {
  readonly gives: 'rows' | 'places';
  /** Of tensors [R, C], the first one, or [R, 1]. */
  readonly compute: (tensors: readonly Tensor[], options: O) => Tensor;
}

/** Numbers in the shape of some tensors, [..., C], in tf ops. */
export interface PlacesFormula {
  /** For which programs are kept. */
  readonly compute: (...tensors: Tensor[]) => Tensor;
  /** Each number depends on those at its own place only, or else on its row of the last axis. */
  readonly isElementwise: boolean;
}

/** What a formula gives of a table, by a kernel where there is one. Options are plain numbers and words. */
export const ofTable = <O extends object>(formula: TableFormula<O>, options: O, tensors: readonly Tensor[]): Tensor =>
  kernels.table?.(formula, options, tensors) ?? formula.compute(tensors, options);
