import type { Tensor } from '@tensorflow/tfjs-core';
import { graphOf } from './containers.js';
import type { InnerModel } from './internals.js';
import { newNotes } from './notes.js';
import { runGraph, walksGraph } from './runGraph.js';
import { outputSquashing, type Squashing, tapLogits } from './squashing.js';
import { holdIn, tap, whileTapped } from './taps.js';
import { type Parts, tapFrozen } from './trainable.js';

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
 * Runs a model once. Logits and masks are noted on the way, by layers that are tapped for the time of the call. These
 * tensors are kept, and are in `kept` for whoever is done with them to dispose.
 */
export function predict(
  model: InnerModel,
  parts: Parts,
  inputs: readonly Tensor[],
  training: boolean,
  kept: Tensor[],
): readonly Prediction[] {
  const hold = holdIn(kept);
  const notes = newNotes();
  const graphs = [...parts.all].map(graphOf).filter((graph) => graph !== null);
  const untaps = [
    ...[...new Set(graphs)]
      .filter(walksGraph)
      .map((graph) => tap(graph, 'call', (xs, args) => runGraph(graph, [xs].flat(), args, notes, hold))),
    ...tapFrozen(parts),
    ...tapLogits(model, notes, hold),
  ];
  const outputs = whileTapped(untaps, () => [model.call([...inputs], { training })].flat());
  return outputs.map((output, i): Prediction => {
    const logits = notes.logits.get(output) ?? null;
    return {
      output,
      logits,
      squashing: logits && outputSquashing(model, i),
      mask: notes.masks.get(output) ?? null,
    };
  });
}
