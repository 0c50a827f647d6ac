import type { Tensor } from '@tensorflow/tfjs-core';
import { privateEngine } from '../tfjs/privateParts.js';
import { dispose, tidy } from '../tfjs/ops.js';

/**
 * tfjs's `tidy`. When `f` throws, what its ops have saved for the backward pass, which will not come, is disposed too;
 * tfjs would leave it.
 */
export function tidied<T extends Tensor | Tensor[] | Record<string, Tensor>>(f: () => T): T {
  const { state } = privateEngine();
  const { activeTape: before } = state;
  const start = before?.length ?? 0;
  try {
    return tidy(f);
  } catch (error) {
    const { activeTape: now } = state;
    for (const { saved } of now?.splice(now === before ? start : 0) ?? []) dispose([...(saved ?? [])]);
    throw error;
  }
}
