import { all, logicalOr, type Tensor } from '@tensorflow/tfjs-core';
import { type Kind, margin, oneOf } from '../../definition/kinds.js';
import type { OptionSchema } from '../../definition/options.js';
import { constant } from '../../numerics/autodiff.js';
import { opKernels } from '../../numerics/opKernels.js';
import { any, cast, where } from '../../numerics/portable.js';
import { add, equal, less, mul, scalar, sub } from '../../tfjs/ops.js';

/** How hinge labels are written: −1 and 1, 0 and 1, or whichever of the two the labels given are. */
export type HingeLabels = 'auto' | 'binary' | 'signed';

const hingeLabels: Kind<HingeLabels> = {
  .../* @__PURE__ */ oneOf('auto', 'binary', 'signed'),
  settled: (spelling, labels) => (spelling === 'auto' ? readingOf(labels()) : null),
};

/** The option of losses whose labels are −1 and 1. */
export interface SignedLabelsOptions {
  /** How labels are written: -1 and 1 (`'signed'`), 0 and 1 (`'binary'`), or to be told apart (`'auto'`, default). */
  readonly labels: HingeLabels;
}

/** The options of hinge losses. */
export interface HingeOptions extends SignedLabelsOptions {
  /** The margin m, in the units of the scores. Default 1. */
  readonly margin: number;
}

const labels: OptionSchema<SignedLabelsOptions>['labels'] = ['auto', hingeLabels];

export const labelsOption: OptionSchema<SignedLabelsOptions> = { labels };

export const hingeOptions: OptionSchema<HingeOptions> = {
  labels,
  margin: [1, margin],
};

/**
 * Labels as −1 and 1. `'auto'` takes them for 0 and 1 if each of them is 0 or 1. If all are 1, both readings have the same
 * value and only their derivatives for labels differ: then they are as they stand, or `asKeras` those of 0 and 1. For
 * kernels, which see one row at a time, `spelling` is the reading of all labels in place of `'auto'`.
 */
export function signedLabels(labels: Tensor, spelling: HingeLabels | Tensor, asKeras = false): Tensor {
  if (spelling === 'signed') return labels;
  if (spelling === 'binary') return sub(mul(2, labels), 1);
  const reading = spelling === 'auto' ? readingOf(labels) : spelling;
  const isBinary = constant(() => cast(less(asKeras ? 0 : MAY_BE_BINARY, reading), 'float32'));
  return sub(mul(add(1, isBinary), labels), isBinary);
}

/** The reading of labels that are all 1. */
const MAY_BE_BINARY = 0.5;

/** How `'auto'` reads all labels together: 1 as 0 and 1, ½ as those or as −1 and 1, 0 as −1 and 1. */
const readingOf = (labels: Tensor): Tensor =>
  constant(() => {
    const zeros = opKernels.tally?.(zeroOrOther, labels) ?? null;
    if (zeros !== null) return scalar(zeros > 0 ? 1 : zeros === 0 ? MAY_BE_BINARY : 0);
    const isZero = equal(labels, 0);
    const areBinary = all(logicalOr(isZero, equal(labels, 1)));
    return where(areBinary, where(any(isZero), 1, MAY_BE_BINARY), 0);
  });

/** 1 for each label that is 0, and NaN for one that is neither 0 nor 1. */
const zeroOrOther = (labels: Tensor): Tensor => where(equal(labels, 1), 0, where(equal(labels, 0), 1, NaN));
