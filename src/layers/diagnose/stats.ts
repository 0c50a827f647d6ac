import {
  abs,
  cast,
  equal,
  greater,
  less,
  logicalNot,
  max,
  min,
  mul,
  reshape,
  scalar,
  sqrt,
  square,
  stack,
  sub,
  type Tensor,
  tidy,
} from '@tensorflow/tfjs-core';
import { sum } from '../../numerics/sum.js';

/** What is told of the numbers of a tensor. */
export interface Stats {
  /** How many numbers there are. */
  readonly size: number;
  /** How many are NaN or infinite; the others mean nothing where it is not 0. */
  readonly bad: number;
  readonly min: number;
  readonly max: number;
  readonly mean: number;
  readonly rms: number;
  /** The share of exact zeros. */
  readonly zeros: number;
  /** How many entries of the last axis there are, and how many of them are 0 everywhere. */
  readonly units: number;
  readonly dead: number;
  /** How far the examples are apart: the largest difference in any place. */
  readonly spread: number;
  /** The share of numbers within 0.01 of 0 or 1, and that of numbers within 0.01 of −1 or 1. */
  readonly atBounds: number;
  readonly atSigns: number;
}

const meanOf = (x: Tensor): Tensor => mul(sum(x), 1 / x.size);

const share = (condition: Tensor): Tensor => meanOf(cast(condition, 'float32'));

/** All of it in one tensor, so that a device is waited for once; the sizes are known. */
export function statsTensor(x: Tensor): Tensor {
  return tidy(() => {
    const t = cast(x, 'float32');
    const units = t.shape.at(-1) ?? 1;
    const [examples = 1] = t.shape as number[];
    if (t.size === 0) return stack(names.map(() => scalar(0)));
    const magnitude = abs(t);
    const isFinite = equal(sub(t, t), 0);
    const ofUnits = max(reshape(magnitude, [-1, units]), 0);
    const ofExamples = reshape(t, [examples, -1]);
    const values: Readonly<Record<(typeof names)[number], Tensor>> = {
      bad: sum(cast(logicalNot(isFinite), 'float32')),
      min: min(t),
      max: max(t),
      mean: meanOf(t),
      rms: sqrt(meanOf(square(t))),
      zeros: share(equal(t, 0)),
      dead: sum(cast(equal(ofUnits, 0), 'float32')),
      spread: max(sub(max(ofExamples, 0), min(ofExamples, 0))),
      atBounds: share(greater(abs(sub(t, 0.5)), 0.49)),
      atSigns: share(less(abs(sub(magnitude, 1)), 0.01)),
    };
    return stack(names.map((name) => values[name]));
  });
}

const names = ['bad', 'min', 'max', 'mean', 'rms', 'zeros', 'dead', 'spread', 'atBounds', 'atSigns'] as const;

export function statsOf(values: ArrayLike<number>, shape: readonly number[]): Stats {
  const size = shape.reduce((product, n) => product * n, 1);
  const told = Object.fromEntries(names.map((name, i) => [name, values[i] ?? 0])) as unknown as Omit<
    Stats,
    'size' | 'units'
  >;
  return { ...told, size, units: shape.at(-1) ?? 1 };
}

/** Whether all units of a kernel have the same weights: the columns of its last axis do not differ. */
export const differenceOfUnits = (kernel: Tensor): Tensor =>
  tidy(() => {
    const columns = reshape(kernel, [-1, kernel.shape.at(-1) ?? 1]);
    return max(sub(max(columns, 1), min(columns, 1)));
  });

/** The sum of products of two tensors. */
export const inner = (a: Tensor, b: Tensor): Tensor => sum(mul(a, b));
