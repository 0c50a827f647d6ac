import type { Tensor } from '@tensorflow/tfjs-core';
import { broadcastTo, expandDims, logicalAnd } from '../tfjs/ops.js';
import { constant } from './autodiff.js';
import { opKernels } from './opKernels.js';
import { any } from './portable.js';

/* Booleans that say which positions count. */

/** Positions in another rank: with axes of size 1 appended, or true where any entry along the trailing axes is. */
export function ofRank(positions: Tensor, rank: number): Tensor {
  if (positions.rank < rank) return ofRank(expandDims(positions, -1), rank);
  if (positions.rank === rank) return positions;
  return any(
    positions,
    Array.from({ length: positions.rank - rank }, (_, i) => rank + i),
  );
}

/** Positions, or what each has, for each entry of tensors of a shape, without derivative. */
export const ofShape = (positions: Tensor, shape: number[]): Tensor => {
  const own = ofRank(positions, shape.length);
  return opKernels.broadcastTo?.(own, shape) ?? broadcastTo(own, shape);
};

/** Where both are true; null is true everywhere. */
export const both = (a: Tensor | null, b: Tensor | null): Tensor | null =>
  a && b ? constant(() => logicalAnd(a, b)) : (a ?? b);
