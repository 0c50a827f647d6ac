import type { Tensor } from '@tensorflow/tfjs-core';
import type { InnerModel } from './internals.js';
import { type Masks, tapMasks } from './masks.js';
import { outputSquashing, type Squashing, tapLogits } from './squashing.js';
import { holdIn } from './hold.js';

/** What a model says for one of its outputs. */
export interface Prediction {
  readonly output: Tensor;
  /** What its last activation made the output of, if that is a softmax over the last axis or a sigmoid. */
  readonly logits: Tensor | null;
  readonly squashing: Squashing | null;
  /** Which positions count, as the layers of the model have it. */
  readonly mask: Tensor | null;
}

/**
 * Runs a model once. tfjs gives its outputs only; logits and masks are noted on the way, by layers that are tapped for the
 * time of the call. These tensors are kept, and are in `kept` for whoever is done with them to dispose.
 */
export function predict(
  model: InnerModel,
  inputs: readonly Tensor[],
  training: boolean,
  kept: Tensor[],
): readonly Prediction[] {
  const hold = holdIn(kept);
  const masks: Masks = new WeakMap();
  const logits = tapLogits(model, hold);
  const untapMasks = tapMasks(model, masks, hold);
  let results: Tensor | Tensor[];
  try {
    results = model.call(inputs, { training });
  } finally {
    for (const untap of [...untapMasks].reverse()) untap();
    logits.untap();
  }
  return [results].flat().map((output, i): Prediction => {
    const before = logits.of(output, i);
    return {
      output,
      logits: before,
      squashing: before && outputSquashing(model, i),
      mask: masks.get(output) ?? null,
    };
  });
}
