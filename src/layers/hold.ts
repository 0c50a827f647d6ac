import { clone, keep, type Tensor } from '@tensorflow/tfjs-core';

/** Takes back what was replaced in a layer for the time of a call. */
export type Untap = () => void;

/** Keeps a tensor that tfjs is about to dispose, and gives what is kept. */
export type Hold = (x: Tensor) => Tensor;

/** Holds tensors in a list, for whoever is done with them to dispose. */
export const holdIn =
  (kept: Tensor[]): Hold =>
  (x) => {
    const held = keep(clone(x));
    kept.push(held);
    return held;
  };
