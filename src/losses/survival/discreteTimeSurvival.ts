import { lessEqual, range, slice, type Tensor } from '@tensorflow/tfjs-core';
import type { Loss } from '../../definition/definition.js';
import { intervalAndEvent, logit } from '../../definition/domain.js';
import { defineLoss } from '../../loss/define.js';
import { constant, dependingOn } from '../../numerics/autodiff.js';
import { softplus } from '../../numerics/functions.js';
import { where } from '../../numerics/portable.js';
import { sum } from '../../numerics/sum.js';
import { add, less, logicalAnd, neg } from '../../tfjs/ops.js';

/**
 * Likelihood of survival times in intervals, of logits x_t of an event in the interval t, given that there was none before:
 * −Σ_{t<k} ln(1 − σ(x_t)), less ln σ(x_k) for an event in the interval k, or ln(1 − σ(x_k)) where observation ended in it
 * without one, with σ the logistic function.
 *
 * Shapes `(B,2),(B,T)->(B)`: labels are the index k of an interval, from 0, and 1 for an event or 0 for none. In nats.
 *
 * A fraction counts as the interval that it lies in; beyond the last interval all of them were survived. The derivative for
 * labels is 0.
 *
 * @throws if the shapes do not fit or an option is unknown.
 * @see Gensheimer & Narasimhan (2019), doi:10.7717/peerj.6257; Kvamme & Borgan (2021), doi:10.1007/s10985-021-09532-6; pycox
 * `nll_logistic_hazard`, nnet-survival.
 * @example discreteTimeSurvival([[1, 1], [1, 0]], [[-1, 1, 0], [-1, 1, 0]]) // [0.6265, 1.6265]
 * @function
 */
export const discreteTimeSurvival: Loss<object> = /* @__PURE__ */ defineLoss<object>({
  name: 'discreteTimeSurvival',
  aliases: { logisticHazard: {}, nnetSurvival: {} },
  signature: '(B,2),(B,T)->(B)',
  domains: [intervalAndEvent, logit],
  options: {},
  formula: ({ labels, predictions }) => {
    const [batch, intervals] = predictions.shape as [number, number];
    const [time, event] = [0, 1].map((at) => slice(labels, [0, at], [batch, 1])) as [Tensor, Tensor];
    const starts = range(0, intervals, 1, 'float32');
    const isReached = constant(() => lessEqual(starts, time));
    const isOfEvent = constant(() => logicalAnd(less(time, add(starts, 1)), less(0.5, event)));
    const losses = softplus(where(isOfEvent, neg(predictions), predictions));
    return dependingOn(sum(where(isReached, losses, 0), -1), labels);
  },
});
