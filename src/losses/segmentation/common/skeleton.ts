import { concat, relu, type Tensor } from '@tensorflow/tfjs-core';
import type { PlacesFormula } from '../../../call/kernelSlots.js';
import { block } from '../../../numerics/block.js';
import { maximum, minimum } from '../../../numerics/functions.js';
import { opKernels } from '../../../numerics/opKernels.js';
import { add, mul, reshape, sub } from '../../../tfjs/ops.js';
import { atPlaces } from './segmentation.js';

/**
 * Soft skeleton of masks `[B, ..., C]`, as of Shit et al.: what an opening takes away from the masks, and from what is left of
 * them after one erosion, after two, and so on.
 */
export function skeletonOf(masks: Tensor, iterations: number): Tensor {
  let eroded = erosionOf(masks);
  let skeleton = atPlaces(ends, [masks, dilationOf(eroded)]);
  for (let i = 0; i < iterations; i++) {
    const left = eroded;
    eroded = erosionOf(left);
    skeleton = atPlaces(withEnds, [skeleton, left, dilationOf(eroded)]);
  }
  return skeleton;
}

/** What of masks is lost when they are eroded and dilated again. */
const endsOf = (masks: Tensor, opened: Tensor): Tensor => relu(sub(masks, opened));

const ends: PlacesFormula = {
  compute: (masks, opened) => endsOf(masks, opened),
  isElementwise: true,
};

const withEnds: PlacesFormula = {
  compute: (...tensors) => {
    const [skeleton, left, opened] = tensors as [Tensor, Tensor, Tensor];
    return add(skeleton, mul(endsOf(left, opened), sub(1, skeleton)));
  },
  isElementwise: true,
};

const smaller: PlacesFormula = { compute: (a, b) => minimum(a, b), isElementwise: true };

/** The least of a pixel and its neighbours along each axis. */
const erosionOf = (x: Tensor): Tensor =>
  axesOfPixels(x)
    .map((axis) => ofNeighbours(x, axis, false))
    .reduce((a, b) => atPlaces(smaller, [a, b]));

/** The largest of the square, or the cube, around a pixel. */
const dilationOf = (x: Tensor): Tensor => axesOfPixels(x).reduce((rest, axis) => ofNeighbours(rest, axis, true), x);

const axesOfPixels = ({ rank }: Tensor): number[] => Array.from({ length: rank - 2 }, (_, i) => i + 1);

/** The largest, or the smallest, of a pixel and the two beside it along an axis; at the border it is its own neighbour. */
function ofNeighbours(x: Tensor, axis: number, isLargest: boolean): Tensor {
  const { shape } = x;
  const size = shape[axis] as number;
  const before = shape.slice(0, axis).reduce((a, b) => a * b);
  const after = shape.slice(axis + 1).reduce((a, b) => a * b);
  const choose = isLargest ? maximum : minimum;
  const byOps = (lines: Tensor): Tensor => {
    const part = (from: number, count: number): Tensor => block(lines, [0, from, 0], [before, count, after]);
    const previous = concat([part(0, 1), part(0, size - 1)], 1);
    const next = concat([part(1, size - 1), part(size - 1, 1)], 1);
    return choose(choose(previous, next), lines);
  };
  const lines = reshape(x, [before, size, after]);
  return reshape(opKernels.extremeOfThree?.(lines, isLargest, byOps) ?? byOps(lines), shape);
}
