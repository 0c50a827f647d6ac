import { stretch } from '../numerics/sum.js';
import { reshape, type Tensor, util } from '../tfjs/ops.js';

/** Stretches an input over trailing axes that it lacks and over axes of size 1. */
export function broadcast(shape: readonly number[], to: number[]): ((input: Tensor) => Tensor) | undefined {
  if (shape.length > to.length || !shape.every((size, i) => size === 1 || size === to[i])) return undefined;
  if (util.arraysEqual([...shape], to)) return (input) => input;
  const padded = to.map((_, i) => shape[i] ?? 1);
  return (input) => stretch(reshape(input, padded), to);
}
