import type { Tensor } from '@tensorflow/tfjs-core';
import { areKernelsOn, isKnownOne } from '../backends/index.js';
import { alias } from '../tfjs/differentiable.js';
import { hostKernel, type HostKernel, type Numbers } from './hostKernel.js';

/** The numbers of each example times its factor: [B, …], [B]. */
export const scaledKernel: HostKernel<object> = /* @__PURE__ */ hostKernel('ScaledExamples', (inputs) => {
  const [{ shape, values }, factors] = inputs as [Numbers, Numbers];
  const size = values.length / factors.values.length;
  const scaled = new Float32Array(values.length);
  factors.values.forEach((factor, b) => {
    // With 0 added, no zero has a sign.
    for (let i = b * size; i < (b + 1) * size; i++) scaled[i] = factor * (values[i] as number) + 0;
  });
  return [{ shape: [...shape], values: scaled }];
});

/** x itself where a factor is known to be 1, as the derivative of a loss by itself is; else null. */
export const scaledByOne = (x: Tensor, factor: Tensor): Tensor | null =>
  areKernelsOn() && isKnownOne(factor) ? alias(x) : null;
