import type { Tensor } from '@tensorflow/tfjs-core';
import { isOnHost } from '../numerics/host.js';
import { both, ofRank } from '../numerics/positions.js';
import { notEqual } from '../tfjs/ops.js';

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

/** An input that may be looked at. */
interface Seen {
  readonly tensor: Tensor;
  readonly readable: boolean;
  /** It has the axes of the positions. */
  readonly isPerPosition: boolean;
}

/** What a look at the labels of a loss takes into account. */
export interface Look {
  /** The definition of the loss; with a range of null, labels have no bounds. */
  readonly owner: { readonly range?: unknown };
  /** Whether all values are checked; null: only where it costs nothing. */
  readonly validate: boolean | null;
  /** Of which the first are the labels. */
  readonly inputs: readonly Seen[];
  readonly valid: Tensor | null;
  /** Broadcast against the positions. Null: the loss has values of other things. */
  readonly weights: Tensor | null;
  /** Throws if a label at a position that counts is bad. */
  readonly check: (counted: Tensor | null, isBad: (label: number) => boolean) => void;
}

/** Labels that have a meaning, by the domain. */
interface Bounds {
  readonly name: string;
  readonly range?: readonly [low: number, high: number];
}

/**
 * Throws if labels are none that the loss has a meaning for, such as a mask of 0 and 255: arrays and few labels are looked at
 * in each call, many in the first one, those on a GPU where `lookingAtLabels` asks for it.
 */
export function lookAtLabels({ name, range = [-Infinity, Infinity] }: Bounds, look: Look): void {
  const { owner, validate, inputs, valid, weights, check } = look;
  const [labels] = inputs;
  if (validate !== null || inputs.length === 1 || !labels?.isPerPosition || owner.range === null) return;
  if (!(isFree(look, labels) || (isAsked && isReadable(labels.tensor)))) return;
  const [low, high] = range;
  // Counts are labels of a distribution too, as so many examples of a class.
  const most = name === 'distribution' ? Infinity : high + ROUNDING;
  check(weights ? counting(valid, weights) : valid, (label) => label < low - ROUNDING || label > most);
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

function isFree({ owner, valid }: Look, { tensor, readable }: Seen): boolean {
  if (!readable) return false;
  return isOnHost() ? tensor.size <= FEW || !seen.has(owner) : valid === null;
}

/** Labels whose weight is 0 often stand for missing ones. */
function counting(valid: Tensor | null, weights: Tensor): Tensor {
  const isHeavy = notEqual(weights, 0);
  return both(valid, valid ? ofRank(isHeavy, valid.rank) : isHeavy) as Tensor;
}
