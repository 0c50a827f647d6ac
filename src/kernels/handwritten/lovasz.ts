import { expandDims, mul, type Tensor } from '@tensorflow/tfjs-core';
import type { Pixels } from '../../call/kernelSlots.js';
import { differentiable } from '../tfjs/differentiable.js';
import { areHostKernelsOn, hostKernel, type HostKernel, type NumberArray, type Numbers } from './hostKernel.js';
import { orderOf } from './order.js';

/**
 * The Lovász extension of the Jaccard loss: errors times the steps that the loss takes as entries are got wrong, largest
 * `order` first. All have the shape [groups, pixels, classes], `pixels` without classes; the result is [groups, classes]. Null
 * where JavaScript does not have the numbers at hand.
 */
export function sortedErrors(
  errors: Tensor,
  order: Tensor,
  isPositive: Tensor,
  { valid, weights }: Pixels,
): Tensor | null {
  if (!areHostKernelsOn()) return null;
  const sides = [valid, weights].filter((side) => side !== null);
  const attributes = { isMasked: valid !== null, isWeighed: weights !== null };
  return differentiable([errors], (save) => {
    const [result, steps] = extension([errors, order, isPositive, ...sides], attributes) as [Tensor, Tensor];
    save([steps]);
    return { result, gradient: (_, dy, [saved]) => mul(expandDims(dy, 1), saved as Tensor) };
  });
}

interface Attributes {
  readonly isMasked: boolean;
  readonly isWeighed: boolean;
}

const extension: HostKernel<Attributes> = /* @__PURE__ */ hostKernel(
  'LovaszExtension',
  ([errors, order, isPositive, ...sides], { isMasked, isWeighed }) => {
    const { shape, values } = errors as Numbers;
    const [groups = 0, pixels = 0, classes = 0] = shape;
    const valid = isMasked ? (sides[0] as Numbers).values : null;
    const weights = isWeighed ? (sides.at(-1) as Numbers).values : null;
    const totals = new Float32Array(groups * classes);
    const all = new Float32Array(values.length);
    const [keys, positives, steps] = [0, 1, 2].map(() => new Float32Array(pixels)) as [
      Float32Array,
      Float32Array,
      Float32Array,
    ];
    const own = weights && new Float32Array(pixels);
    for (let at = 0; at < totals.length; at++) {
      const [first, start] = [pixels * Math.floor(at / classes), pixels * classes * Math.floor(at / classes)];
      for (let k = 0, i = start + (at % classes); k < pixels; k++, i += classes) {
        const counts = valid?.[first + k] !== 0;
        const weight = weights ? (weights[first + k] as number) : 1;
        // What does not count comes last.
        keys[k] = counts ? ((order as Numbers).values[i] as number) : -Infinity;
        positives[k] = counts && (isPositive as Numbers).values[i] ? weight : 0;
        if (own) own[k] = counts ? weight : 0;
      }
      stepsOfRow(orderOf(keys), positives, own, steps);
      let total = 0;
      for (let k = 0, i = start + (at % classes); k < pixels; k++, i += classes) {
        const step = valid?.[first + k] !== 0 ? (steps[k] as number) : 0;
        all[i] = step;
        total += step * (values[i] as number);
      }
      totals[at] = total;
    }
    return [
      { shape: [groups, classes], values: totals },
      { shape: [...shape], values: all },
    ];
  },
);

/** With k of n entries positive, out of `present` positive ones, the loss is n ÷ u with the union u = present + n − k. */
function stepsOfRow(
  order: Uint32Array,
  positives: NumberArray,
  weights: NumberArray | null,
  steps: Float32Array,
): void {
  let present = 0;
  let at = 0;
  while (at < positives.length) present += positives[at++] as number;
  let [wrong, found] = [0, 0];
  at = 0;
  while (at < order.length) {
    const i = order[at++] as number;
    const positive = positives[i] as number;
    const weight = weights ? (weights[i] as number) : 1;
    wrong += weight;
    found += positive;
    const union = present + wrong - found;
    const before = union - weight;
    // Written out, since n ÷ u − (n − 1) ÷ u' loses digits among many pixels.
    const ofNegative = before <= 0 ? 1 : (weight * (present - found)) / (union * before);
    steps[i] = weight === 0 ? 0 : positive === 0 ? ofNegative : weight / union;
  }
}
