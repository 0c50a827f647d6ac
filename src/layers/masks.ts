import { clone, squeeze, type Tensor } from '@tensorflow/tfjs-core';
import { contained, nested } from './containers.js';
import type { Container, InnerLayer } from './internals.js';
import type { Hold, Untap } from './hold.js';

/** The mask of each output of a layer. */
export type Masks = WeakMap<Tensor, Tensor>;

/**
 * Notes which positions of the outputs of a model count, as its layers have it (Masking, Embedding with `maskZero`), until
 * it is untapped.
 */
export const tapMasks = (model: Container, masks: Masks, hold: Hold): Untap[] => [
  ...masked(model).map((layer) => tapMask(layer, masks, hold)),
  ...nested(model).map((container) => tapNested(container, masks)),
];

/** The layers whose masks are those of the outputs of a model, or of one inside it. */
function masked(model: Container): InnerLayer[] {
  const last = [model, ...nested(model).map(contained)].flatMap(({ outputLayers = [] }) => outputLayers);
  return [...new Set(last)].filter(({ supportsMasking }) => supportsMasking);
}

function tapMask(layer: InnerLayer, masks: Masks, hold: Hold): Untap {
  const { applied, untap } = noteOutput(layer);
  const computeMask = layer.computeMask.bind(layer);
  const own: Partial<Pick<InnerLayer, 'computeMask'>> = layer;
  own.computeMask = (...args) => {
    const found = computeMask(...args);
    const mask = Array.isArray(found) ? found[0] : found;
    const output = applied();
    if (output && mask) masks.set(output, hold(ofOutput(mask, output)));
    return found;
  };
  return () => {
    delete own.computeMask;
    untap();
  };
}

/** tfjs does not ask a model inside another one for a mask; it is the mask that was noted inside. */
function tapNested(container: InnerLayer, masks: Masks): Untap {
  const { applied, untap } = noteOutput(container);
  const { supportsMasking } = container;
  const own: { supportsMasking: boolean; computeMask?: InnerLayer['computeMask'] } = container;
  own.supportsMasking = true;
  own.computeMask = () => {
    const output = applied();
    const mask = output && masks.get(output);
    // tfjs disposes the masks that it is given.
    return mask ? clone(mask) : null;
  };
  return () => {
    own.supportsMasking = supportsMasking;
    delete own.computeMask;
    untap();
  };
}

/** Notes what a layer has given: tfjs asks for the mask of an output right after it. */
function noteOutput(layer: InnerLayer): { readonly applied: () => Tensor | null; readonly untap: Untap } {
  const apply = layer.apply.bind(layer);
  let last: Tensor | null = null;
  const own: Partial<Pick<InnerLayer, 'apply'>> = layer;
  own.apply = (...args) => {
    const outputs = apply(...args);
    last = ([outputs].flat() as Tensor[])[0] ?? null;
    return outputs;
  };
  return {
    applied: () => last,
    untap: () => {
      delete own.apply;
    },
  };
}

/** A mask of the leading axes of an output: that of a sum, or of another merging layer, has an axis before them. */
function ofOutput(mask: Tensor, { shape }: Tensor): Tensor {
  const fits = (own: readonly number[]): boolean => own.every((size, i) => size === shape[i]);
  return !fits(mask.shape) && mask.shape[0] === 1 && fits(mask.shape.slice(1)) ? squeeze(mask, [0]) : mask;
}
