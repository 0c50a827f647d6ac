import type { Tensor } from '@tensorflow/tfjs-core';
import { matMul } from '../../../numerics/matMul.js';
import { unitVector } from '../../../numerics/unitVector.js';
import type { NormalizeOption } from './pairs.js';

/** The dot products `[N, M]` of each vector `[N, D]` with each other one `[M, D]`. */
export function productsOfVectors(a: Tensor, b: Tensor, { normalize }: NormalizeOption): Tensor {
  const vectors = (x: Tensor): Tensor => (normalize ? unitVector(x, 1e-7) : x);
  return matMul(vectors(a), vectors(b), false, true);
}

/** The sums over examples of the products of features `[B, D]` with others `[B, E]`: `[D, E]`. */
export const productsOfFeatures = (a: Tensor, b: Tensor): Tensor => matMul(a, b, true, false);
