import { matMul as product, type Tensor } from '@tensorflow/tfjs-core';
import { opKernels } from './opKernels.js';
import { fill, getBackend } from '../tfjs/ops.js';
import { withGradient } from './autodiff.js';
import { where } from './portable.js';

/**
 * The product of the matrices in the last two axes of a and b, each of which may be transposed before. On WebGL a texel
 * holds two rows and two columns. Where their number is odd, the last texels hold numbers beyond the matrix, NaN among them,
 * which tfjs multiplies too: here these are 0, in the gradients as well.
 */
export function matMul(a: Tensor, b: Tensor, transposeA = false, transposeB = false): Tensor {
  const x = withoutMargins(a);
  const y = a === b ? x : withoutMargins(b);
  return opKernels.product?.(x, y, transposeA, transposeB) ?? withoutMargins(product(x, y, transposeA, transposeB));
}

const withoutMargins = (x: Tensor): Tensor => (hasMargins(x) ? cleared(x) : x);

const hasMargins = ({ shape }: Tensor): boolean =>
  getBackend() === 'webgl' && shape.slice(-2).some((size) => size % 2 === 1);

const cleared: (x: Tensor) => Tensor = /* @__PURE__ */ withGradient(
  (x) => where(fill(x.shape, 1, 'bool'), x, 0),
  (dy) => cleared(dy),
);
