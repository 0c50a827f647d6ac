import { matMul, type Tensor } from '@tensorflow/tfjs-core';
import { withGradient } from '../../../numerics/autodiff.js';
import { where } from '../../../numerics/portable.js';
import { unitVector } from '../../../numerics/unitVector.js';
import { clone, fill } from '../../../tfjs/ops.js';
import type { NormalizeOption } from './pairs.js';

/** The dot products `[N, M]` of each vector `[N, D]` with each other one `[M, D]`. */
export function productsOfVectors(a: Tensor, b: Tensor, { normalize }: NormalizeOption): Tensor {
  const vectors = (x: Tensor): Tensor => (normalize ? unitVector(x, 1e-7) : x);
  return withoutMargins(matMul(vectors(a), vectors(b), false, true));
}

/** The sums over examples of the products of features `[B, D]` with others `[B, E]`: `[D, E]`. */
export const productsOfFeatures = (a: Tensor, b: Tensor): Tensor => withoutMargins(matMul(a, b, true, false));

/**
 * x itself. In its gradient what WebGL holds beyond the last row and column, which may be NaN, becomes 0: matMul's own
 * gradient multiplies by it.
 */
const withoutMargins = (x: Tensor): Tensor => withGradient(clone, (dy) => where(fill(dy.shape, 1, 'bool'), dy, 0))(x);
