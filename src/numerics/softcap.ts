import { abs as tfAbs, type Tensor } from '@tensorflow/tfjs-core';
import { div, less, mul, neg, sub } from '../tfjs/ops.js';
import { withGradient } from './autodiff.js';
import { sechSquared, sigmoid, tanh } from './functions.js';
import { where } from './portable.js';
import { plus } from './scalars.js';

/** Where kernels, too, have a series for tanh: they compare with it once. */
const NEAR = 0.625;

/** c·tanh(x ÷ c); far from 0 as c less what is missing of it, 2c·σ(−2·|x| ÷ c), so that it is rounded once. */
export function softcapped(x: Tensor, cap: number): Tensor {
  return withGradient(
    (input) => {
      const scaled = div(input, cap);
      const size = tfAbs(scaled);
      const far = sub(cap, mul(plus(cap, cap), sigmoid(mul(-2, size))));
      return where(less(size, NEAR), mul(cap, tanh(scaled)), where(less(scaled, 0), neg(far), far));
    },
    (dy, input) => mul(dy, sechSquared(div(input, cap))),
  )(x);
}
