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

/** What kernels compute in place of tf ops. Each gives null where the ops are to run. */
export interface OpKernels {
  /** Whether all numbers of a tensor that can be read are seen to be finite. */
  readonly areFinite: (x: Tensor) => boolean;
  /** The sum of all numbers of a tensor. */
  readonly total: (x: Tensor) => Tensor | null;
  /** How many entries of a tensor are not 0, over axes, or all. */
  readonly countNonzero: (x: Tensor, over?: readonly number[]) => Tensor | null;
  /** How many entries of a boolean tensor are true; null where that is not seen at once, or one is neither 0 nor 1. */
  readonly countTrue: (x: Tensor) => number | null;
  /** x where `kept`, of the same rank, is true, and a number elsewhere. */
  readonly filled: (kept: Tensor, x: Tensor, value: number) => Tensor | null;
  /** The block of x that begins at a place and has a size along each axis. */
  readonly block: (x: Tensor, begin: readonly number[], size: readonly number[]) => Tensor | null;
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
}

export const opKernels: { -readonly [Name in keyof OpKernels]?: OpKernels[Name] } = {};
