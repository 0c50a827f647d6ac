import { exp, log, maximum, type Tensor } from '@tensorflow/tfjs-core';
import { add, div, mul, sub } from '../tfjs/ops.js';

/*
 * Arithmetic on the numbers of options. An option that changes from call to call is a tensor while its formula is traced
 * for a kernel, though its type says number: then tf ops compute.
 */

type Op = (a: Tensor | number, b: Tensor | number) => Tensor;

const either =
  (ofNumbers: (a: number, b: number) => number, ofTensors: Op) =>
  (a: number, b: number): number =>
    [a, b].every((x) => typeof x === 'number') ? ofNumbers(a, b) : (ofTensors(a, b) as unknown as number);

/** a + b. */
export const plus: (a: number, b: number) => number = /* @__PURE__ */ either((a, b) => a + b, add);

/** a − b. */
export const minus: (a: number, b: number) => number = /* @__PURE__ */ either((a, b) => a - b, sub);

/** a·b. */
export const product: (a: number, b: number) => number = /* @__PURE__ */ either((a, b) => a * b, mul);

/** a ÷ b. */
export const over: (a: number, b: number) => number = /* @__PURE__ */ either((a, b) => a / b, div);

/** The larger of two. */
export const larger: (a: number, b: number) => number = /* @__PURE__ */ either(Math.max, maximum);

/** eᵃ. */
export const exponential = (a: number): number =>
  typeof a === 'number' ? Math.exp(a) : (exp(a as unknown as Tensor) as unknown as number);

/** ln a. */
export const logarithm = (a: number): number =>
  typeof a === 'number' ? Math.log(a) : (log(a as unknown as Tensor) as unknown as number);

/** What float32 has no digits for. */
export const beyondFloat32 = (a: number): number => (typeof a === 'number' ? a - Math.fround(a) : 0);
