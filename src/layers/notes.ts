import type { Tensor } from '@tensorflow/tfjs-core';

/** What is known of tensors on their way through a model, beyond their values. All of it is held. */
export interface Notes {
  /** Which positions count, as the layers have it (Masking, Embedding with `maskZero`). */
  readonly masks: WeakMap<Tensor, Tensor>;
  /** What an activation has squashed to make the tensor. */
  readonly logits: WeakMap<Tensor, Tensor>;
}

export const newNotes = (): Notes => ({ masks: new WeakMap(), logits: new WeakMap() });

/** Lets a tensor that stands for another one have its notes. */
export function handOn(notes: Notes, from: Tensor, to: Tensor): Tensor {
  for (const note of [notes.masks, notes.logits]) {
    const noted = note.get(from);
    if (noted) note.set(to, noted);
  }
  return to;
}
