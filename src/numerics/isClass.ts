import { greaterEqual, range, type Tensor } from '@tensorflow/tfjs-core';
import { equal, expandDims, less, logicalAnd, tensor } from '../tfjs/ops.js';
import { constant } from './autodiff.js';
import { opKernels } from './opKernels.js';
import { alongLast, areEqual, isHalf } from './portable.js';

/** True at each row's class: `[..., C]` of labels `[...]`, without a one-hot tensor of floats. */
export function isClass(labels: Tensor, classes: number): Tensor {
  return constant(() => {
    const known = opKernels.isClass?.(labels, classes);
    if (known) return known;
    if (!isHalf() || classes <= 2048) {
      return areEqual(expandDims(labels, -1), alongLast(range(0, classes, 1, 'int32'), labels.rank + 1));
    }
    // Half precision has no odd numbers above 2048: labels are compared in two parts, made of them on the host.
    const rows = [...labels.shape, 1];
    const [values, all] = [Array.from(labels.dataSync()), Array.from({ length: classes }, (_, c) => c)];
    const isPartEqual = (part: (index: number) => number): Tensor =>
      equal(tensor(values.map(part), rows, 'int32'), tensor(all.map(part), [classes], 'int32'));
    return logicalAnd(
      isPartEqual((index) => index % 1024),
      isPartEqual((index) => Math.floor(index / 1024)),
    );
  });
}

/** True where a class index names one of the classes. */
export const inRange = (labels: Tensor, classes: number): Tensor =>
  constant(() => logicalAnd(greaterEqual(labels, 0), less(labels, classes)));
