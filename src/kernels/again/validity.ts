import type { Tensor } from '@tensorflow/tfjs-core';
import { alignLeading, toArgument } from '../../call/argument.js';
import type { Prepared } from '../../call/call.js';
import { validPositions } from '../../call/masking.js';

/** Which positions count in a call of the same kind, by its labels and its mask as they come. Null: all. */
export function validityOf({
  plan,
  ignored,
}: Prepared<unknown>): (labels: Tensor, mask: Tensor | null) => Tensor | null {
  return (labels, mask) => {
    if (!plan || !ignored) return null;
    const { positions, toPositions, views } = plan;
    const admitted = mask && toPositions(toArgument('', 'mask', mask).tensor);
    const ofPositions = admitted && alignLeading('', { name: 'mask', tensor: admitted, readable: true }, positions);
    return validPositions(ofPositions, views[0]?.(labels) ?? labels, ignored, positions.length);
  };
}
