import { concat, relu, type Tensor } from '@tensorflow/tfjs-core';
import { block } from '../../../numerics/block.js';
import { maximum, minimum } from '../../../numerics/functions.js';
import { add, mul, reshape, sub } from '../../../tfjs/ops.js';

/** The larger, or the smaller, of two. Equal ones share the derivative. */
type Choice = (a: Tensor, b: Tensor) => Tensor;

/**
 * Soft skeleton of masks `[B, ..., C]`, as of Shit et al.: what an opening takes away from the masks, and from what is left of
 * them after one erosion, after two, and so on.
 */
export function skeletonOf(masks: Tensor, iterations: number): Tensor {
  let eroded = erosionOf(masks);
  let skeleton = relu(sub(masks, dilationOf(eroded)));
  for (let i = 0; i < iterations; i++) {
    const left = eroded;
    eroded = erosionOf(left);
    const ends = relu(sub(left, dilationOf(eroded)));
    skeleton = add(skeleton, mul(ends, sub(1, skeleton)));
  }
  return skeleton;
}

/** The least of a pixel and its neighbours along each axis. */
const erosionOf = (x: Tensor): Tensor =>
  axesOfPixels(x)
    .map((axis) => ofNeighbours(minimum, x, axis))
    .reduce((a, b) => minimum(a, b));

/** The largest of the square, or the cube, around a pixel. */
const dilationOf = (x: Tensor): Tensor => axesOfPixels(x).reduce((rest, axis) => ofNeighbours(maximum, rest, axis), x);

const axesOfPixels = ({ rank }: Tensor): number[] => Array.from({ length: rank - 2 }, (_, i) => i + 1);

/** What is chosen of a pixel and the two beside it along an axis; at the border it is its own neighbour. */
function ofNeighbours(choose: Choice, x: Tensor, axis: number): Tensor {
  const { shape } = x;
  const size = shape[axis] as number;
  const before = shape.slice(0, axis).reduce((a, b) => a * b);
  const after = shape.slice(axis + 1).reduce((a, b) => a * b);
  const lines = reshape(x, [before, size, after]);
  const part = (from: number, count: number): Tensor => block(lines, [0, from, 0], [before, count, after]);
  const previous = concat([part(0, 1), part(0, size - 1)], 1);
  const next = concat([part(1, size - 1), part(size - 1, 1)], 1);
  return reshape(choose(choose(previous, next), lines), shape);
}
