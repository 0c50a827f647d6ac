import { log, range, type Tensor, tensor1d } from '@tensorflow/tfjs-core';
import { constant } from '../../../numerics/autodiff.js';
import { expm1 } from '../../../numerics/functions.js';
import { log1p } from '../../../numerics/log1p.js';
import { opKernels } from '../../../numerics/opKernels.js';
import { cast } from '../../../numerics/portable.js';
import { add, div, fill, mul, neg, scalar, zerosLike } from '../../../tfjs/ops.js';

/*
 * Classes drawn with replacement until enough different ones have come, as TensorFlow draws candidates: the expected count of
 * a class with the share p is then 1 − (1 − p)ⁿ after n tries.
 */

/** How classes are drawn: frequent ones first, by Zipf's law, or all alike. */
export type ClassSampler = 'logUniform' | 'uniform';

export interface Drawing {
  /** How many different classes are drawn; all, if there are no more. */
  readonly numSampled: number;
  readonly sampler: ClassSampler;
  /** Fixes the draw. Null: another one each time. */
  readonly seed: number | null;
}

export interface DrawnClasses {
  /** Class indices. */
  readonly indices: Tensor;
  /** The logarithm of the count that is expected of each of some class indices. */
  readonly logCounts: (indices: Tensor) => Tensor;
}

export function drawnClasses(classes: number, { numSampled, sampler, seed }: Drawing): DrawnClasses {
  if (numSampled >= classes) {
    return {
      indices: constant(() => range(0, classes, 1, 'int32')),
      logCounts: (indices) => zerosLike(cast(indices, 'float32')),
    };
  }
  const { draw, share } = samplers[sampler];
  const make = (): [Tensor, Tensor] => {
    const random = randomNumbers(seed);
    const drawn = new Set<number>();
    let tries = 0;
    for (; drawn.size < numSampled; tries++) drawn.add(Math.min(draw(random(), classes), classes - 1));
    return [constant(() => tensor1d([...drawn], 'int32')), constant(() => scalar(tries))];
  };
  const [indices, tries] = (opKernels.anew?.(make) ?? make()) as [Tensor, Tensor];
  return {
    indices,
    logCounts: (at) => log(neg(expm1(mul(tries, log1p(neg(share(cast(at, 'float32'), classes))))))),
  };
}

interface Sampler {
  /** A class of a random number from 0 to 1. */
  readonly draw: (random: number, classes: number) => number;
  /** How likely each of some classes is. */
  readonly share: (indices: Tensor, classes: number) => Tensor;
}

const samplers: Readonly<Record<ClassSampler, Sampler>> = {
  logUniform: {
    draw: (random, classes) => Math.floor(Math.exp(random * Math.log(classes + 1))) - 1,
    share: (indices, classes) => div(log1p(div(1, add(indices, 1))), Math.log(classes + 1)),
  },
  uniform: {
    draw: (random, classes) => Math.floor(random * classes),
    share: ({ shape }, classes) => fill(shape, 1 / classes, 'float32'),
  },
};

/** Random numbers from 0 to 1, by the generator mulberry32 where a seed fixes them. */
function randomNumbers(seed: number | null): () => number {
  if (seed === null) return Math.random;
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let bits = Math.imul(state ^ (state >>> 15), state | 1);
    bits ^= bits + Math.imul(bits ^ (bits >>> 7), bits | 61);
    return ((bits ^ (bits >>> 14)) >>> 0) / 2 ** 32;
  };
}
