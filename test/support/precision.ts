import { getBackend } from '@tensorflow/tfjs';
import { isHalf } from '../../src/numerics/portable.js';

/** How exact values and gradients of the backend in use are, relative above 1. */
export function precision(): number {
  if (isHalf()) return 2 ** -7;
  // Of float32 arithmetic; all but cpu approximate exp and log.
  return getBackend() === 'cpu' ? 5e-6 : 2e-5;
}
