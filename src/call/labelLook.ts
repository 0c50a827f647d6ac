import { notEqual, type Tensor } from '@tensorflow/tfjs-core';
import type { Domain } from '../definition/domain.js';
import { type Argument, isOnHost } from './argument.js';
import { checkValues } from './check.js';
import { both, ofRank } from './masking.js';

/** So many labels are looked at in no time that could be measured. */
const FEW = 1024;

/** By how much soft labels may miss their bounds by rounding. */
const ROUNDING = 1e-3;

/** Losses whose labels have been looked at once. */
const seen = new WeakSet();

let isAsked = false;

/** Runs something, in which all labels are looked at, also those on a GPU, which has to be waited for. */
export function lookingAtLabels<T>(run: () => T): T {
  const before = isAsked;
  isAsked = true;
  try {
    return run();
  } finally {
    isAsked = before;
  }
}

/** What a look at the labels of a loss takes into account. */
export interface Look {
  /** The definition of the loss. */
  readonly owner: object;
  readonly labels: Argument & { readonly domain: Domain };
  readonly valid: Tensor | null;
  /** Broadcast against the positions. Null: the loss has values of other things. */
  readonly weights: Tensor | null;
  readonly options: object;
}

/**
 * Throws if labels are none that the loss has a meaning for, such as a mask of 0 and 255: arrays and few labels are looked at
 * in each call, many in the first one, those on a GPU where `lookingAtLabels` asks for it.
 */
export function lookAtLabels(who: string, { owner, labels, valid, weights, options }: Look): void {
  if (!(isFree(owner, labels, valid) || (isAsked && isReadable(labels.tensor)))) return;
  const counted = weights ? counting(valid, weights) : valid;
  checkValues(who, labels, { classes: 0, valid: counted, options, isBad: (value) => isFarOut(labels.domain, value) });
  seen.add(owner);
}

/** A device may refuse to be waited for. */
function isReadable(tensor: Tensor): boolean {
  try {
    tensor.dataSync();
    return true;
  } catch {
    return false;
  }
}

function isFree(owner: object, { tensor, readable }: Argument, valid: Tensor | null): boolean {
  if (!readable) return false;
  return isOnHost() ? tensor.size <= FEW || !seen.has(owner) : valid === null;
}

/** Labels whose weight is 0 often stand for missing ones. */
function counting(valid: Tensor | null, weights: Tensor): Tensor {
  const isHeavy = notEqual(weights, 0);
  return both(valid, valid ? ofRank(isHeavy, valid.rank) : isHeavy) as Tensor;
}

/** Counts are labels of a distribution too, as so many examples of a class. */
function isFarOut({ name, range }: Domain, label: number): boolean {
  if (!range) return false;
  const [low, high] = range;
  return label < low - ROUNDING || (name !== 'distribution' && label > high + ROUNDING);
}
