import type { Tensor } from '@tensorflow/tfjs-core';
import { add, mul } from '../tfjs/ops.js';

/** c₀ + c₁·x + c₂·x² + … of the coefficients c₀, c₁, …, two or more. */
export const polynomial = (x: Tensor, coefficients: readonly number[]): Tensor =>
  coefficients
    .slice(0, -1)
    .reduceRight<Tensor | number>((sum, c) => add(c, mul(x, sum)), coefficients.at(-1) as number) as Tensor;
