import type { Tensor } from '@tensorflow/tfjs-core';
import type { Prepared } from '../../call/call.js';
import type { Kernels } from '../../call/kernelSlots.js';
import { constant } from '../../numerics/autodiff.js';
import { ofShape } from '../../numerics/positions.js';
import { decided, watching } from '../tfjs/watch.js';
import type { TableComputation } from './run.js';

/** What a call ran, as it is noted by who runs it. */
export interface Ran {
  readonly computation: TableComputation;
  /** Its inputs: those of the loss, which positions count where that is not all, weights and options. */
  readonly tensors: readonly Tensor[];
  /** The call; of its tensors only `valid` is looked at. */
  readonly prepared: Prepared<unknown>;
  /** A number that is one more input, by which positions count. */
  readonly factor?: (valid: Tensor | null) => number | Tensor;
  readonly result: Tensor;
}

/** A look at the numbers of a tensor, none of which may be bad where it counts; null: all count. */
export interface Look {
  readonly tensor: Tensor;
  readonly isBad: (value: number) => boolean;
  readonly valid: Tensor | null;
}

/** A look at all numbers of a tensor at once, and what it came to. */
export interface Tally {
  readonly tensor: Tensor;
  readonly formula: (x: Tensor) => Tensor;
  readonly count: number;
}

/** What a call did. */
export interface Recording {
  /** It called another loss. */
  hasCalled: boolean;
  /** It asked a function of a user, which may say something else the next time, and is to be asked once a call. */
  hasAsked: boolean;
  readonly looks: Look[];
  readonly tallies: Tally[];
  ran: Ran | null;
}

let recording: Recording | null = null;

/** What a function gives, and what the call within it did. */
export function recorded<T>(f: () => T): readonly [T, Recording] {
  const before = recording;
  const current: Recording = { hasCalled: false, hasAsked: false, looks: [], tallies: [], ran: null };
  if (before) before.hasCalled = true;
  recording = current;
  try {
    return [f(), current];
  } finally {
    recording = before;
    if (before && current.hasAsked) before.hasAsked = true;
  }
}

export const noteAsked = (): void => {
  if (recording) recording.hasAsked = true;
  watching()?.refuse("a user's function");
};

export const noteRun = (ran: Ran): void => {
  if (recording) recording.ran = ran;
};

export const noteLook: Kernels['lookAt'] = (tensor, isBad, valid = null) => {
  recording?.looks.push({ tensor, isBad, valid });
  // Where all are good, nobody has to know which count.
  if (!watching()) return areAllGood(tensor.dataSync(), isBad);
  const counts = valid && constant(() => ofShape(valid, tensor.shape));
  return decided(counts ? [tensor, counts] : [tensor], ([numbers, counted]) =>
    areAllGood(numbers as ArrayLike<number>, isBad, counted),
  );
};

/** Whether no number that counts is bad. */
function areAllGood(numbers: ArrayLike<number>, isBad: Look['isBad'], counts?: ArrayLike<number>): boolean {
  let i = 0;
  while (i < numbers.length && (counts?.[i] === 0 || !isBad(numbers[i] as number))) i++;
  return i === numbers.length;
}

export const noteTally = (tally: Tally): void => {
  recording?.tallies.push(tally);
};
