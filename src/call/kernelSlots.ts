import type { Tensor } from '@tensorflow/tfjs-core';
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
  /** What `formula` gives, summed over some axes. */
  readonly overlap: (
    masks: Masks,
    over: readonly number[],
    counting: Counting,
    formula: (masks: Masks) => Sums,
  ) => Sums | null;
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
  /** What a formula gives of tensors of one shape. */
  readonly places: (formula: PlacesFormula, tensors: readonly Tensor[]) => Tensor | null;
  /** What a formula gives of each row of a table, with these options. */
  readonly table: <O extends object>(formula: TableFormula<O>, options: O, tensors: readonly Tensor[]) => Tensor | null;
}

export const kernels: { -readonly [Name in keyof Kernels]?: Kernels[Name] } = {};

/** Through which classes alignments may walk: constants. */
export interface ClassPaths extends Paths {
  /** The class of each state, [B, states]. */
  readonly states: Tensor;
}

/** ln of the summed probability of all alignments, [B], in tf ops. */
export type LikelihoodFormula = (logits: Tensor, paths: ClassPaths) => Tensor;

/** What may be walked: constants. */
export interface Paths {
  /** States that may be reached by skipping the one before, [B, states]. */
  readonly canSkip: Tensor;
  /** ln 1 at the states in which an alignment may end, and ln 0 at the others, [B, states]. */
  readonly ends: Tensor;
  /** Which time steps each example has, [B, T]. */
  readonly isDuring: Tensor;
}

/** How the overlap of a label and a probability, and their sizes, are counted. */
export interface Counting {
  readonly intersection: 'product' | 'minimum';
  /** Squares labels and probabilities in the sizes. */
  readonly squared: boolean;
  /** How much an error counts by which a prediction exceeds the overlap. */
  readonly alpha: number;
  /** How much an error counts by which a label exceeds the overlap. */
  readonly beta: number;
}

/** Two masks of one shape, and what of them counts. */
export interface Masks {
  readonly labels: Tensor;
  readonly probabilities: Tensor;
  /** 1 − p of each probability p, where it has digits that p lacks; without derivative. Null: p has them all. */
  readonly others: Tensor | null;
  /** Which entries count. Null: all. */
  readonly counted: Tensor | null;
}

/**
 * Per class the overlap I of two masks, the errors α·(P − I) + β·(T − I), where T and P are the sizes of labels and
 * predictions, and the sum of the labels.
 */
export type Sums = readonly [overlap: Tensor, errors: Tensor, present: Tensor];

/** Losses of rows of logits with class indices, in tf ops, and the options that make a difference to them. */
export interface RowLosses {
  readonly options: object;
  readonly compute: (labels: Tensor, logits: Tensor) => Tensor;
}

/** Numbers of each row of a table [R, C], in tf ops: `'rows'` one, [R], `'places'` one for each entry, [R, C]. Programs are kept for the formula. */
export interface TableFormula<O extends object> {
  readonly gives: 'rows' | 'places';
  /** tf ops have digits of it that kernels lose. */
  readonly isByOps?: boolean;
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
  (formula.isByOps ? null : kernels.table?.(formula, options, tensors)) ?? formula.compute(tensors, options);
