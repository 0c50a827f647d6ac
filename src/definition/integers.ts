import type { Tensor } from '@tensorflow/tfjs-core';
import { cast, isHalf } from '../numerics/portable.js';
import { ofRank } from '../numerics/positions.js';
import { broadcastTo, notEqual, scalar, tensor } from '../tfjs/ops.js';
import { fail } from './fail.js';

/*
 * What labels that are integers need beside others. Float32 has not the digits of all, and half precision takes the last
 * digit of a large one on the device, so those are worked with on the host.
 */

/** Throws if a label came in an array and has lost digits. */
export function refuseRounded(who: string, name: string, rounded: number | null | undefined): void {
  if (typeof rounded !== 'number') return;
  fail(who, `${name} has ${rounded}, of which float32 keeps not all digits; expected it in an int32 tensor`);
}

/** Integers with a harmless one wherever a position is not wanted, in half precision; null: it can be done on the device. */
export function neutralizedOnHost(labels: Tensor, neutral: number, wanted: Tensor): Tensor | null {
  if (!isHalf()) return null;
  const isWanted = broadcastTo(ofRank(wanted, labels.rank), labels.shape).dataSync();
  const kept = Array.from(labels.dataSync(), (index, i) => (isWanted[i] ? index : neutral));
  return tensor(kept, labels.shape, 'int32');
}

/** Finds the labels that are others than the one that is ignored; null: none is. */
export const othersThan = (ignored: number | null): ((labels: Tensor) => Tensor) | null =>
  ignored === null
    ? null
    : (labels) =>
        isHalf()
          ? tensor(
              Array.from(labels.dataSync(), (label) => label !== ignored),
              labels.shape,
              'bool',
            )
          : notEqual(cast(labels, dtypeOf(labels)), scalar(ignored, dtypeOf(labels)));

/** Integers are compared as such. */
const dtypeOf = ({ dtype }: Tensor): 'int32' | 'float32' => (dtype === 'int32' ? dtype : 'float32');

/** Labels that are ignored. */
export interface Ignoring {
  /** True where a label is another. Null: none is ignored. */
  readonly areOthers: ((labels: Tensor) => Tensor) | null;
  /** What the option may do for a label that has no meaning, for the end of an error. */
  readonly remedy: (label: number) => string;
}

/** What the option `ignoreIndex` brings to a call. */
export const ignoring = (ignored: number | null): Ignoring => ({
  areOthers: othersThan(ignored),
  remedy: (label) => `, or ignoreIndex: ${label} if it marks what does not count`,
});
