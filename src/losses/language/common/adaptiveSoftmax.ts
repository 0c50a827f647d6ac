import type { Tensor } from '@tensorflow/tfjs-core';
import { matMul } from '../../../numerics/matMul.js';
import { castTo, toArgument } from '../../../call/argument.js';
import { embedding } from '../../../definition/domain.js';
import { fail, show } from '../../../definition/fail.js';
import { isTensorLike, type Kind, tensorOrNull } from '../../../definition/kinds.js';
import { type Given, type OptionSchema, overriding, required, resolveOptions } from '../../../definition/options.js';
import type { TensorInput } from '../../../definition/tensorInput.js';
import { twiceDifferentiable } from '../../../numerics/autodiff.js';
import { stretch } from '../../../numerics/sum.js';
import { add, reshape, util } from '../../../tfjs/ops.js';

/** The weights of a tail, `[h, D]` and `[size, h]`: its logits are weight·projection·hidden. */
export type AdaptiveTail = readonly [projection: TensorInput, weight: TensorInput];

export interface AdaptiveSoftmaxOptions {
  /** The first class of each tail, in ascending order; classes below the first cutoff are in the head. No default. */
  readonly cutoffs: readonly number[];
  /**
   * For each tail a pair of weights, `(h,D)` and `(size,h)` with the h features that are left for rare classes and the size
   * up to the next cutoff; that of the last one is free. No default.
   */
  readonly tails: readonly AdaptiveTail[];
  /** Added to the logits of the head. Default null, none. */
  readonly headBias: TensorInput | null;
}

/** Options as they are given to a call. */
export type GivenAdaptiveSoftmax = Given<AdaptiveSoftmaxOptions> & Pick<AdaptiveSoftmaxOptions, 'cutoffs' | 'tails'>;

const ascending: Kind<readonly number[]> = {
  expected: 'class indices > 0 in ascending order, in an array',
  accepts: (value) =>
    Array.isArray(value) &&
    value.length > 0 &&
    value.every((cutoff, i) => Number.isInteger(cutoff) && cutoff > (i === 0 ? 0 : (value[i - 1] as number))),
};

const pairs: Kind<readonly AdaptiveTail[]> = {
  expected: 'pairs of weights (h,D) and (size,h), in an array',
  accepts: (value) =>
    Array.isArray(value) &&
    value.every((pair) => Array.isArray(pair) && pair.length === 2 && pair.every((entry) => isTensorLike(entry))),
};

const schema: OptionSchema<AdaptiveSoftmaxOptions> = {
  cutoffs: /* @__PURE__ */ required(ascending),
  tails: /* @__PURE__ */ required(pairs),
  headBias: [null, tensorOrNull],
};

/** Classes from `first` on that share an entry of the head and have logits of their own. */
export interface Tail {
  readonly first: number;
  readonly size: number;
  readonly weights: readonly Tensor[];
  /** `[N, size]` of hidden states `[N, D]`. */
  readonly logits: (hidden: Tensor) => Tensor;
}

/** A softmax in two stages: over the frequent classes and the tails, and over the classes of each tail. */
export interface AdaptiveSoftmax {
  /** `[N, D]`. */
  readonly hidden: Tensor;
  /** The axes that N stands for. */
  readonly leading: readonly number[];
  readonly classes: number;
  /** How many classes are in the head. */
  readonly inHead: number;
  /** `[N, inHead + tails]`: of the classes in the head, then of the tails. */
  readonly headLogits: Tensor;
  readonly tails: readonly Tail[];
}

/** Reads and checks what a softmax in two stages is made of. */
export function readAdaptiveSoftmax(
  who: string,
  hidden: TensorInput,
  head: TensorInput,
  options: GivenAdaptiveSoftmax,
): AdaptiveSoftmax {
  const { cutoffs, tails, headBias } = resolveOptions(who, schema, overriding(who, {}, options));
  if (tails.length !== cutoffs.length) {
    fail(who, `tails has length ${tails.length}; expected ${cutoffs.length}, a pair of weights for each cutoff`);
  }
  const states = read(who, 'hidden', hidden);
  if (states.rank === 0) fail(who, 'hidden has shape []; expected (...,D)');
  const [leading, features] = [states.shape.slice(0, -1), states.shape.at(-1) as number];
  const rows = reshape(states, [util.sizeFromShape(leading), features]);

  const inHead = cutoffs[0] as number;
  const entries = inHead + tails.length;
  const headWeight = read(who, 'head', head, [entries, features]);
  const logits = matMul(rows, headWeight, false, true);
  const bias = headBias === null ? null : read(who, 'headBias', headBias, [entries]);
  const headLogits = bias ? add(logits, stretch(bias, logits.shape)) : logits;

  const made = tails.map((tail, i) => tailOf(who, i, tail, { features, cutoffs }));
  const { first, size } = made.at(-1) as Tail;
  return { hidden: rows, leading, classes: first + size, inHead, headLogits, tails: made };
}

function tailOf(
  who: string,
  i: number,
  [projection, weight]: AdaptiveTail,
  { features, cutoffs }: { readonly features: number; readonly cutoffs: readonly number[] },
): Tail {
  const [first, next] = [cutoffs[i] as number, cutoffs[i + 1]];
  const down = read(who, `the projection of tail ${i}`, projection, ['h', features]);
  const up = read(who, `the weight of tail ${i}`, weight, [next ? next - first : 'size', down.shape[0]]);
  return {
    first,
    size: up.shape[0],
    weights: [down, up],
    logits: (states) => matMul(matMul(states, down, false, true), up, false, true),
  };
}

/** An argument as a tensor, of a shape in which a word stands for any size. */
function read(who: string, name: string, value: TensorInput, expected?: readonly (number | string)[]): Tensor {
  const { tensor } = toArgument(who, name, value);
  const { shape } = tensor;
  const fits =
    !expected ||
    (shape.length === expected.length &&
      shape.every((size, i) => typeof expected[i] === 'string' || size === expected[i]));
  if (!fits) fail(who, `${name} has shape ${show(shape)}; expected [${expected.join(',')}]`);
  return twiceDifferentiable(castTo(embedding, tensor));
}
