import { concat, type Tensor } from '@tensorflow/tfjs-core';
import { block } from '../../../numerics/block.js';
import { add, mul, reshape } from '../../../tfjs/ops.js';

/** Images `[B, H, W, C]` of half the size: the means of two by two pixels. A last row or column without a partner is its own. */
export const halved = (images: Tensor): Tensor => halvedAlong(2, halvedAlong(1, images));

function halvedAlong(axis: 1 | 2, images: Tensor): Tensor {
  const { shape } = images;
  const size = shape[axis] as number;
  const half = Math.ceil(size / 2);
  const before = shape.slice(0, axis).reduce((a, b) => a * b);
  const after = shape.slice(axis + 1).reduce((a, b) => a * b);
  const lines = reshape(images, [before, size, after]);
  const even = size % 2 === 0 ? lines : concat([lines, block(lines, [0, size - 1, 0], [before, 1, after])], 1);
  // Two lines side by side.
  const pairs = reshape(even, [before * half, 2 * after]);
  const [first, second] = [0, after].map((from) => block(pairs, [0, from], [before * half, after])) as [Tensor, Tensor];
  return reshape(
    mul(0.5, add(first, second)),
    shape.map((all, i) => (i === axis ? half : all)),
  );
}
