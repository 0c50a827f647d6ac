import type { Tensor } from '@tensorflow/tfjs-core';

/*
 * The door between tf ops and kernels that give the same sooner. src/kernels/index.ts fills the slots; `tfjs-losses/lite`
 * leaves them empty.
 */

/** What a function gives, and its derivative for each of its tensors, from what it has saved. */
export interface Differentiable {
  readonly result: Tensor;
  readonly gradient: (input: number, dy: Tensor, saved: readonly Tensor[]) => Tensor;
}

/** How images are compared, window by window, as `losses/image/common/similarity.ts` says. */
export interface WindowComparison {
  /** The weights of a window along either axis: symmetric. */
  readonly window: readonly number[];
  /** What is added to the squares of means, and to variances. */
  readonly stable: readonly [means: number, variances: number];
  /** The images, and so many halves of halves less one. At all but the coarsest scale, structure is compared alone. */
  readonly scales: number;
  /** Greater numbers are out of range. */
  readonly most: number;
}

/** What kernels compute in place of tf ops. Each gives null where the ops are to run. */
export interface OpKernels {
  /** x itself, as the start of a formula, see `twiceDifferentiable`. */
  readonly itself: (x: Tensor) => Tensor | null;
  /** x in another shape, without a copy. */
  readonly shaped: (x: Tensor, shape: number[]) => Tensor | null;
  /** What a function gives, as a constant. */
  readonly constant: <T extends Tensor>(compute: () => T) => T;
  /** Tensors that each call makes anew, of nothing that it is given. */
  readonly anew: (make: () => Tensor[]) => Tensor[];
  /** Whether what runs is recorded for calls with other numbers, by which it must not go another way. */
  readonly isRecorded: () => boolean;
  /** Says that what runs is not to be recorded, as it asks a user's function. */
  readonly unrecorded: () => void;
  /** Whether all numbers of a tensor are seen to lie between two. */
  readonly areBetween: (x: Tensor, range: readonly [low: number, high: number]) => boolean;
  /** How many numbers are 0; NaN where one is not finite. */
  readonly zeros: (x: Tensor) => number | null;
  /** The sum of what a formula makes of each number of a float32 tensor, without derivative. Programs are kept for the formula. */
  readonly tally: (formula: (x: Tensor) => Tensor, x: Tensor) => number | null;
  /** The sum of all numbers of a tensor. */
  readonly total: (x: Tensor) => Tensor | null;
  /** How many entries of a tensor are not 0, over axes, or all. */
  readonly countNonzero: (x: Tensor, over?: readonly number[]) => Tensor | null;
  /** How many entries of a boolean tensor are true; null where that is not seen at once, or one is neither 0 nor 1. */
  readonly countTrue: (x: Tensor) => number | null;
  /** x where `kept`, of the same rank, is true, and a number elsewhere. */
  readonly filled: (kept: Tensor, x: Tensor, value: number) => Tensor | null;
  /** x, whose last axes are of size 1, repeated along them to a shape of its rank, without derivative. */
  readonly broadcastTo: (x: Tensor, shape: readonly number[]) => Tensor | null;
  /** True at the class of each label, `[..., C]` of labels `[...]`. */
  readonly isClass: (labels: Tensor, classes: number) => Tensor | null;
  /** The block of x that begins at a place and has a size along each axis. */
  readonly block: (x: Tensor, begin: readonly number[], size: readonly number[]) => Tensor | null;
  /** x with its axes in another order. */
  readonly transposed: (x: Tensor, perm: readonly number[]) => Tensor | null;
  /** The rows of a table at some indices `[N]`. */
  readonly rows: (x: Tensor, indices: Tensor) => Tensor | null;
  /** How unlike images [B, H, W, C] are, [B, C, scales], as `formula` gives. */
  readonly dissimilarities: (
    x: Tensor,
    y: Tensor,
    comparison: WindowComparison,
    formula: (x: Tensor, y: Tensor) => Tensor,
  ) => Tensor | null;
  /** The product of two matrices, each of which may be transposed before. */
  readonly product: (a: Tensor, b: Tensor, transposeA: boolean, transposeB: boolean) => Tensor | null;
  /** x times a number: x itself where that is known to be 1. Without derivative. */
  readonly scaled: (x: Tensor, factor: Tensor) => Tensor | null;
  /** A function of tensors with its own derivatives; what is saved is not copied. */
  readonly differentiable: (
    tensors: readonly Tensor[],
    f: (save: (tensors: Tensor[]) => void) => Differentiable,
  ) => Tensor;
  /** ‖a_i − b_j‖² of the rows of two matrices, [B, M], without derivative. */
  readonly distances: (a: Tensor, b: Tensor) => Tensor | null;
  /** Σ_j w_ij·(a_i − b_j) of the rows of two matrices, [B, D], of weights [B, M], without derivative. */
  readonly pull: (weights: Tensor, a: Tensor, b: Tensor) => Tensor | null;
  /**
   * ‖a_i − s·a_j‖² of the rows of a matrix, [B, B], where the sign s [B, B] at either place of a pair is not 0; elsewhere 0.
   * As `formula` gives.
   */
  readonly signedDistances: (a: Tensor, signs: Tensor, formula: (a: Tensor, signs: Tensor) => Tensor) => Tensor | null;
  /** The τ for which Σ max(0, x − max x − τ) is 1 of each row, [R, 1], without derivative. */
  readonly simplexThreshold: (x: Tensor) => Tensor | null;
  /** The largest, or the smallest, of each entry of x [N, L, M] and the two beside it along L, as `formula` gives. */
  readonly extremeOfThree: (x: Tensor, isLargest: boolean, formula: (x: Tensor) => Tensor) => Tensor | null;
}

export const opKernels: { -readonly [Name in keyof OpKernels]?: OpKernels[Name] } = {};
