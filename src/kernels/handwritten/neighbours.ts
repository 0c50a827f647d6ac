import type { Tensor } from '@tensorflow/tfjs-core';
import { isDifferentiated } from '../../numerics/autodiff.js';
import { differentiable, gradientOf } from '../tfjs/differentiable.js';
import { areHostKernelsOn, hostKernel, type HostKernel, type Numbers } from './hostKernel.js';

/**
 * The largest, or the smallest, of each entry of x [N, L, M] and the two beside it along L, as `formula` gives; at the ends an
 * entry is its own neighbour. Null where JavaScript does not have the numbers at hand.
 */
export function extremeOfThree(x: Tensor, isLargest: boolean, formula: (x: Tensor) => Tensor): Tensor | null {
  if (!areHostKernelsOn() || x.dtype !== 'float32' || x.size === 0) return null;
  return differentiable([x], (save) => {
    save([x]);
    return {
      result: extreme([x], { isLargest })[0] as Tensor,
      gradient: (_, dy, saved) =>
        isDifferentiated()
          ? gradientOf(([own]) => formula(own as Tensor), saved, 0, dy)
          : (gradient([saved[0] as Tensor, dy], { isLargest })[0] as Tensor),
    };
  });
}

interface Attributes {
  readonly isLargest: boolean;
}

/** The largest or the smallest of three; of NaN, NaN. */
const extreme: HostKernel<Attributes> = /* @__PURE__ */ hostKernel('ExtremeOfThree', ([x], { isLargest }) => {
  const { shape, values } = x as Numbers;
  const made = new Float32Array(values.length);
  const [, size = 0, after = 0] = shape;
  const sign = isLargest ? 1 : -1;
  for (let start = 0, line = 0; start < values.length; start += after, line++) {
    const toPrevious = line % size === 0 ? 0 : after;
    const toNext = (line + 1) % size === 0 ? 0 : after;
    for (let i = start; i < start + after; i++) {
      const a = sign * (values[i - toPrevious] as number);
      const own = sign * (values[i] as number);
      const b = sign * (values[i + toNext] as number);
      made[i] = sign * Math.max(a, own, b);
    }
  }
  return [{ shape: [...shape], values: made }];
});

/** Equal ones share the derivative: first the two neighbours, and then the chosen one of them with the entry between. */
const gradient: HostKernel<Attributes> = /* @__PURE__ */ hostKernel(
  'ExtremeOfThreeGradient',
  ([x, dy], { isLargest }) => {
    const { shape, values } = x as Numbers;
    const upstream = (dy as Numbers).values;
    const made = new Float32Array(values.length);
    const [, size = 0, after = 0] = shape;
    for (let start = 0, line = 0; start < values.length; start += after, line++) {
      const toPrevious = line % size === 0 ? 0 : after;
      const toNext = (line + 1) % size === 0 ? 0 : after;
      for (let i = start; i < start + after; i++) {
        const of = upstream[i] as number;
        const previous = i - toPrevious;
        const next = i + toNext;
        const a = values[previous] as number;
        const own = values[i] as number;
        const b = values[next] as number;
        const ofFirst = a === b ? 0.5 : a > b === isLargest ? 1 : 0;
        const neighbour = ofFirst * a + (1 - ofFirst) * b;
        const ofNeighbours = neighbour === own ? 0.5 : neighbour > own === isLargest ? 1 : 0;
        made[previous] = (made[previous] as number) + ofNeighbours * ofFirst * of;
        made[next] = (made[next] as number) + ofNeighbours * (1 - ofFirst) * of;
        made[i] = (made[i] as number) + (1 - ofNeighbours) * of;
      }
    }
    return [{ shape: [...shape], values: made }];
  },
);
