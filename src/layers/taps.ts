import { clone, keep, type Tensor } from '@tensorflow/tfjs-core';

/** Takes back what was replaced in a layer for the time of a call. */
export type Untap = () => void;

/** Replaces a property of one layer, until it is untapped. */
export function tap<T extends object, K extends keyof T>(layer: T, name: K, value: T[K]): Untap {
  const before = Object.getOwnPropertyDescriptor(layer, name);
  Object.defineProperty(layer, name, { value, configurable: true, writable: true, enumerable: false });
  return () => {
    if (before) Object.defineProperty(layer, name, before);
    else Reflect.deleteProperty(layer, name);
  };
}

/** Runs a function while layers are tapped; what was tapped last is untapped first. */
export function whileTapped<T>(untaps: readonly Untap[], f: () => T): T {
  try {
    return f();
  } finally {
    for (const untap of [...untaps].reverse()) untap();
  }
}

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
