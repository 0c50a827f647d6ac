import { relu, type Tensor } from '@tensorflow/tfjs-core';
import type { LossWithRequired } from '../../definition/definition.js';
import { binaryClass, logit } from '../../definition/domain.js';
import { fraction } from '../../definition/kinds.js';
import { required } from '../../definition/options.js';
import { defineLoss } from '../../loss/define.js';
import { constant } from '../../numerics/autodiff.js';
import { atLeast, sigmoid } from '../../numerics/functions.js';
import { inRange } from '../../numerics/isClass.js';
import { any, cast, where } from '../../numerics/portable.js';
import { both } from '../../numerics/positions.js';
import { sum } from '../../numerics/sum.js';
import { add, div, equal, logicalNot, mul, neg, sub } from '../../tfjs/ops.js';

export interface NonNegativePuOptions {
  /** The share π of positive examples among those that are not labelled, from 0 to 1. No default. */
  readonly prior: number;
}

/**
 * Non-negative risk of learning from positive and unlabelled examples: π·P + max(0, U − π·N), with the mean P of σ(−x) and N of
 * σ(x) over the positive examples, label 1, and the mean U of σ(x) over those that are not labelled, label 0, of scores x.
 *
 * Shapes `(B),(B)->()`: one value for the whole batch. Without unit. A mean over no examples is 0.
 *
 * A mask `(B)` removes examples. The gradient is that of the value: where the second part is 0 it moves the positive examples
 * alone.
 *
 * @throws if the shapes differ, a label is neither 0 nor 1, `prior` is missing or not from 0 to 1, or an option is unknown.
 * Labels that lie on a GPU are checked with `validate: true`; a bad one gives NaN otherwise.
 * @see Kiryo et al. (2017), doi:10.48550/arXiv.1703.00593.
 * @example nonNegativePu([1, 0, 0], [0, 0, 2], { prior: 0.25 }) // 0.6904
 * @function
 */
export const nonNegativePu: LossWithRequired<NonNegativePuOptions, 'prior'> =
  /* @__PURE__ */ defineLoss<NonNegativePuOptions>({
    name: 'nonNegativePu',
    aliases: { nnPu: {} },
    signature: '(B),(B)->(B)->()',
    domains: [binaryClass, logit],
    options: { prior: /* @__PURE__ */ required(fraction) },
    formula: ({ labels, predictions }, { prior }, valid) => {
      const counted = (isTrue: () => Tensor): Tensor => both(constant(isTrue), valid) as Tensor;
      const isPositive = counted(() => equal(labels, 1));
      const isUnlabelled = counted(() => equal(labels, 0));
      const isBad = counted(() => logicalNot(inRange(labels, 2)));
      const asNegative = sigmoid(predictions);
      const ofPositives = mul(prior, meanWhere(isPositive, sigmoid(neg(predictions))));
      const ofNegatives = sub(meanWhere(isUnlabelled, asNegative), mul(prior, meanWhere(isPositive, asNegative)));
      return where(
        constant(() => any(isBad)),
        NaN,
        add(ofPositives, relu(ofNegatives)),
      );
    },
  });

/** The mean of some examples, and 0 of none. */
const meanWhere = (chosen: Tensor, x: Tensor): Tensor =>
  div(
    sum(where(chosen, x, 0)),
    constant(() => atLeast(sum(cast(chosen, 'float32')), 1)),
  );
