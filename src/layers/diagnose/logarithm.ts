import { type Tensor, tensor2d, tidy } from '@tensorflow/tfjs-core';
import { sum } from '../../numerics/sum.js';
import type { LossFunction } from '../outputLoss.js';

/** Whether a loss takes the logarithm of predictions: a prediction next to 0 of what is there is then beyond measure. */
export function isLogarithmic(loss: LossFunction | null): boolean {
  if (loss === null) return false;
  const at = (labels: Tensor): number => Math.abs(Number(sum(loss(labels, tensor2d([[1e-30, 1]]))).arraySync()));
  return [() => tensor2d([[1, 0]]), () => tensor2d([[0]], [1, 1], 'int32')].some((labels) => {
    try {
      return tidy(() => !(at(labels()) < 5));
    } catch {
      return false;
    }
  });
}
