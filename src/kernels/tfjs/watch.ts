import type { Tensor } from '@tensorflow/tfjs-core';

/*
 * A watched run: who records the kernels of a call has to know what the call decides by the numbers of tensors. Elsewhere
 * nothing comes of that.
 */

/** Who watches a run. */
export interface Watcher {
  /** Whether a tensor has the same numbers in each run of the kind. */
  readonly isConstant: (tensor: Pick<Tensor, 'dataId'>) => boolean;
  /** Is told what was decided by the numbers of some tensors, and how. */
  readonly noteDecision: (decision: Decision) => void;
  /** Is told of tensors that each run makes anew, and how. */
  readonly noteFresh: (tensors: readonly Tensor[], make: () => Tensor[]) => void;
  /** Lets numbers be read while f runs. */
  readonly reading: <T>(f: () => T) => T;
  /** Is told why a run is none to be repeated. */
  readonly refuse: (reason: string) => void;
  /** Is told that numbers were read, by which the run may go another way the next time. */
  readonly noteRead: (tensor: Pick<Tensor, 'dataId'>) => void;
}

/** What is found out by numbers. */
export interface Decision {
  readonly tensors: readonly Tensor[];
  readonly decide: (numbers: readonly ArrayLike<number>[]) => unknown;
  readonly found: unknown;
}

let watcher: Watcher | null = null;

/** Who watches what runs now. */
export const watching = (): Watcher | null => watcher;

/** Runs a function under the eyes of a watcher. */
export function watched<T>(by: Watcher, f: () => T): T {
  const before = watcher;
  watcher = by;
  try {
    return f();
  } finally {
    watcher = before;
  }
}

/** What is no part of the run, such as how a kernel is made the first time. */
export function aside<T>(f: () => T): T {
  const before = watcher;
  if (!before) return f();
  watcher = null;
  try {
    return before.reading(f);
  } finally {
    watcher = before;
  }
}

/** Tensors that each run makes anew, such as a draw. */
export function anew(make: () => Tensor[]): Tensor[] {
  if (!watcher) return make();
  const tensors = watcher.reading(make);
  watcher.noteFresh(tensors, make);
  return tensors;
}

/** What is decided by the numbers of tensors on the host. */
export function decided<T>(tensors: readonly Tensor[], decide: (numbers: readonly ArrayLike<number>[]) => T): T {
  const read = (): T => decide(tensors.map((tensor) => tensor.dataSync()));
  if (!watcher) return read();
  const found = watcher.reading(read);
  if (!tensors.every(watcher.isConstant)) watcher.noteDecision({ tensors, decide, found });
  return found;
}
