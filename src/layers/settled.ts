import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { Compiled } from './steps.js';
import type { Parts } from './trainable.js';

/** What `compile` has made of its arguments and of the model as it was then. */
export interface Settled extends Compiled {
  readonly parts: Parts;
}

const settled = new WeakMap<LayersModel, Settled>();

/** Keeps it for whoever looks at the model later; null takes it back. */
export function settle(model: LayersModel, what: Settled | null): void {
  if (what) settled.set(model, what);
  else settled.delete(model);
}

/** What `compile` of this package has settled about a model; null if tfjs has compiled it by itself. */
export const settledOf = (model: LayersModel): Settled | null => settled.get(model) ?? null;
