import { squeeze, type Tensor } from '@tensorflow/tfjs-core';
import type { InnerLayer } from './internals.js';
import type { Notes } from './notes.js';
import type { Hold } from './taps.js';

/** Notes the mask of each output of a layer, as the layer has it. A model inside a model has noted them itself. */
export function noteMasks(
  layer: InnerLayer,
  inputs: readonly Tensor[],
  outputs: readonly Tensor[],
  { masks }: Notes,
  hold: Hold,
): void {
  if (!layer.supportsMasking) return;
  const given = inputs.map((input) => masks.get(input) ?? null);
  // One mask is that of the first output.
  const found = [layer.computeMask(inputs, given)].flat();
  outputs.forEach((output, i) => {
    const mask = found[i];
    if (mask) masks.set(output, given.includes(mask) ? mask : hold(ofOutput(mask, output)));
  });
}

/** A mask of the leading axes of an output: that of a sum, or of another merging layer, has an axis before them. */
function ofOutput(mask: Tensor, { shape }: Tensor): Tensor {
  const fits = (own: readonly number[]): boolean => own.every((size, i) => size === shape[i]);
  return !fits(mask.shape) && mask.shape[0] === 1 && fits(mask.shape.slice(1)) ? squeeze(mask, [0]) : mask;
}
