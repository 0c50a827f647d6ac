import { range, type Tensor } from '@tensorflow/tfjs-core';
import { matMul } from '../../../numerics/matMul.js';
import { flag } from '../../../definition/kinds.js';
import type { OptionSchema } from '../../../definition/options.js';
import { constant } from '../../../numerics/autodiff.js';
import { logSumExp } from '../../../numerics/softmax.js';
import { any, lowest, where } from '../../../numerics/portable.js';
import { unitVector } from '../../../numerics/unitVector.js';
import { equal, expandDims, logicalAnd, logicalNot, notEqual, sub } from '../../../tfjs/ops.js';

/** The option of losses that compare all vectors of a batch with each other. */
export interface NormalizeOption {
  /** Vectors are divided by their lengths first, which are bounded by 1e-7 from below. Default false. */
  readonly normalize: boolean;
}

export const normalizeOption: OptionSchema<NormalizeOption> = { normalize: [false, flag] };

/** The dot products `[B, B]` of all pairs of vectors. */
export function similarities(embeddings: Tensor, { normalize }: NormalizeOption): Tensor {
  const vectors = normalize ? unitVector(embeddings, 1e-7) : embeddings;
  return matMul(vectors, vectors, false, true);
}

/** Which of all pairs `[B, B]` belong together and which do not. Examples that do not count are in none. */
export interface Pairs {
  readonly isPositive: Tensor;
  readonly isNegative: Tensor;
}

/** Examples of the same group belong together; whether each with itself is a choice. */
export function pairsOf(groups: Tensor, valid: Tensor | null, withItself: boolean): Pairs {
  const ofPairs = (f: (a: Tensor, b: Tensor) => Tensor, x: Tensor): Tensor => f(expandDims(x, 1), expandDims(x, 0));
  const isCounted = (pairs: Tensor): Tensor => (valid ? logicalAnd(pairs, ofPairs(logicalAnd, valid)) : pairs);
  // tfjs on wasm compares rows with columns 14 times as slowly as it subtracts.
  const isSame = constant(() => equal(ofPairs(sub, groups), 0));
  const isOther = (): Tensor => notEqual(ofPairs(sub, range(0, groups.size, 1, 'int32')), 0);
  return {
    isPositive: constant(() => isCounted(withItself ? isSame : logicalAnd(isSame, isOther()))),
    isNegative: constant(() => isCounted(logicalNot(isSame))),
  };
}

/** True in the rows that have any. */
export const hasAny = (pairs: Tensor): Tensor => constant(() => any(pairs, -1));

/** ln Σ eˣ over those of the last axis that are allowed; of rows that have any. Others give a harmless number. */
export const logSumExpWhere = (x: Tensor, allowed: Tensor): Tensor => logSumExp(whereAllowed(x, allowed));

/** x where it is allowed, and elsewhere what is nothing next to it; a harmless number in rows that have none allowed. */
export function whereAllowed(x: Tensor, allowed: Tensor): Tensor {
  const least = constant(() => where(expandDims(hasAny(allowed), -1), lowest(), 0));
  return where(allowed, x, least);
}
