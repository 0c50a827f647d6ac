import { range, type Tensor, tensor2d } from '@tensorflow/tfjs-core';
import { mayDecide } from '../../../numerics/host.js';
import { matMul } from '../../../numerics/matMul.js';
import { flag } from '../../../definition/kinds.js';
import type { OptionSchema } from '../../../definition/options.js';
import { constant } from '../../../numerics/autodiff.js';
import { logSumExp } from '../../../numerics/softmax.js';
import { any, areBoth, areEqual, lowest, where } from '../../../numerics/portable.js';
import { unitVector } from '../../../numerics/unitVector.js';
import { expandDims, logicalAnd, logicalNot } from '../../../tfjs/ops.js';

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

/** Which of all pairs `[B, M]` belong together and which do not. Examples that do not count are in none. */
export interface Pairs {
  readonly isPositive: Tensor;
  readonly isNegative: Tensor;
}

/** Examples of the same group belong together; whether each with itself is a choice. */
export function pairsOf(groups: Tensor, valid: Tensor | null, withItself: boolean): Pairs {
  if (mayDecide()) {
    const [all, counts] = [groups.dataSync(), countsOf(valid)];
    return pairsWhere(all, all, (i, j) => counts(i) && counts(j) && (i !== j || withItself));
  }
  const isCounted = (pairs: Tensor): Tensor =>
    valid ? areBoth(areBoth(pairs, expandDims(valid, 1)), expandDims(valid, 0)) : pairs;
  const isSame = constant(() => isEach(groups, groups));
  const isOther = (): Tensor => {
    const places = range(0, groups.size, 1, 'int32');
    return logicalNot(isEach(places, places));
  };
  return {
    isPositive: constant(() => isCounted(withItself ? isSame : logicalAnd(isSame, isOther()))),
    isNegative: constant(() => isCounted(logicalNot(isSame))),
  };
}

/** Examples belong together with those others that have their group. All others count. */
export function pairsWith(groups: Tensor, ofOthers: Tensor, valid: Tensor | null): Pairs {
  if (mayDecide()) {
    return pairsWhere(groups.dataSync(), ofOthers.dataSync(), countsOf(valid));
  }
  const isCounted = (pairs: Tensor): Tensor => (valid ? areBoth(pairs, expandDims(valid, 1)) : pairs);
  const isSame = constant(() => isEach(groups, ofOthers));
  return {
    isPositive: constant(() => isCounted(isSame)),
    isNegative: constant(() => isCounted(logicalNot(isSame))),
  };
}

/** Whether an example counts, of booleans that JavaScript has at hand: one for each, or a single one for all. */
function countsOf(valid: Tensor | null): (i: number) => boolean {
  const each = valid?.dataSync();
  const step = each?.length === 1 ? 0 : 1;
  return (i) => each?.[step * i] !== 0;
}

/** The pairs that count, of groups that JavaScript has at hand. */
function pairsWhere(
  groups: ArrayLike<number>,
  others: ArrayLike<number>,
  counts: (i: number, j: number) => boolean,
): Pairs {
  const { length: columns } = others;
  const positive = new Uint8Array(groups.length * columns);
  const negative = new Uint8Array(positive.length);
  for (let i = 0; i < groups.length; i++) {
    for (let j = 0; j < columns; j++) {
      if (counts(i, j)) (groups[i] === others[j] ? positive : negative)[i * columns + j] = 1;
    }
  }
  const table = (of: Uint8Array): Tensor => constant(() => tensor2d(of, [groups.length, columns], 'bool'));
  return { isPositive: table(positive), isNegative: table(negative) };
}

/** Each of some integers against each other one. */
const isEach = (a: Tensor, b: Tensor): Tensor => areEqual(expandDims(a, 1), expandDims(b, 0));

/** True in the rows that have any. */
export const hasAny = (pairs: Tensor): Tensor => constant(() => any(pairs, -1));

/** ln Σ eˣ over those of the last axis that are allowed; of rows that have any. Others give a harmless number. */
export const logSumExpWhere = (x: Tensor, allowed: Tensor): Tensor => logSumExp(whereAllowed(x, allowed));

/** x where it is allowed, and elsewhere what is nothing next to it; a harmless number in rows that have none allowed. */
export function whereAllowed(x: Tensor, allowed: Tensor): Tensor {
  const least = constant(() => where(expandDims(hasAny(allowed), -1), lowest(), 0));
  return where(allowed, x, least);
}
