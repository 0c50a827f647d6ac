import type { Tensor } from '@tensorflow/tfjs-core';
import type { Loss } from '../../definition/definition.js';
import { distribution, logit } from '../../definition/domain.js';
import { fail, show } from '../../definition/fail.js';
import { aFunction, axes } from '../../definition/kinds.js';
import type { ClassAxisOption } from '../../definition/sharedOptions.js';
import { defineLoss } from '../../loss/define.js';
import { mulNoNan } from '../../numerics/functions.js';
import { sum } from '../../numerics/sum.js';
import { returned } from '../common/userFunction.js';
import { sub } from '../../tfjs/ops.js';

const name = 'fenchelYoung';

/** A smoothed maximum `[...]` over the last axis of scores `[...,C]`. */
type SmoothedMaximum = (scores: Tensor) => Tensor;

interface FenchelYoungOptions extends ClassAxisOption {
  readonly maxFn: SmoothedMaximum;
}

/**
 * Makes a Fenchel-Young loss of a function that takes scores `[...,C]` to a smoothed maximum `[...]` over their last
 * axis: maxFn(x) − Σ_c y_c·x_c. Its gradient for x is that of `maxFn`, the prediction, less the label.
 *
 * Shapes of the loss `(...,C),(...,C)->(...)`. Without unit. Up to a constant of the labels, log-sum-exp makes the
 * categorical cross-entropy from logits. Second-order gradients are as right as those of `maxFn`.
 *
 * @throws if `maxFn` is no function; from the loss, if the result of `maxFn` has another shape, the shapes differ or an
 * option is unknown or out of range.
 * @see Blondel et al. (2020), Journal of Machine Learning Research 21(35), 1-69; optax `make_fenchel_young_loss`.
 * @example fenchelYoung((x) => tf.logSumExp(x, -1))([[1, 0]], [[0.5, 0.5]]) // [0.6931]
 */
/* @__NO_SIDE_EFFECTS__ */
export function fenchelYoung(maxFn: SmoothedMaximum): Loss<ClassAxisOption> {
  if (typeof maxFn !== 'function') fail(name, `maxFn is ${show(maxFn)}; expected a function of scores`);
  // As an option, the function is asked anew at each call: what it gives may change.
  return defineLoss<FenchelYoungOptions>({
    name,
    signature: '(...,C),(...,C)->(...)',
    domains: [distribution, logit],
    options: { axis: [-1, axes], maxFn: [maxFn, aFunction()] },
    formula: ({ labels, predictions }, options) => {
      const largest = returned(name, 'maxFn', options.maxFn(predictions), predictions.shape.slice(0, -1));
      return sub(largest, sum(mulNoNan(labels, predictions), -1));
    },
  }) as unknown as Loss<ClassAxisOption>;
}
