import { tensor1d, type Tensor } from '@tensorflow/tfjs-core';
import { stretch } from '../../../numerics/sum.js';
import { expandDims, mul } from '../../../tfjs/ops.js';
import { divergenceOfLogits } from '../../common/divergenceOfLogits.js';

/**
 * σ(h)·(ln σ(h) − ln p) + σ(−h)·(ln σ(−h) − ln q): the divergence of the logistic function of h and of its rest from a share p
 * and its rest q.
 */
export function divergenceFromShare(h: Tensor, p: number, q: number): Tensor {
  // Of two logits only the difference counts.
  const halves = tensor1d([0.5, -0.5]);
  const own = mul(expandDims(h, -1), halves);
  return divergenceOfLogits(own, stretch(mul(Math.log(p) - Math.log(q), halves), own.shape));
}
