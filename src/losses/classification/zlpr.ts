import type { Tensor } from '@tensorflow/tfjs-core';
import type { Loss } from '../../definition/definition.js';
import { logit, probability } from '../../definition/domain.js';
import { axes } from '../../definition/kinds.js';
import type { ClassAxisOption } from '../../definition/sharedOptions.js';
import { defineLoss } from '../../loss/define.js';
import { constant } from '../../numerics/autodiff.js';
import { softplus } from '../../numerics/functions.js';
import { any, lowest, where } from '../../numerics/portable.js';
import { logSumExp } from '../../numerics/softmax.js';
import { add, expandDims, less, mul, notEqual } from '../../tfjs/ops.js';

/**
 * Zero-bounded log-sum-exp and pairwise rank-based loss of many labels: ln(1 + Σ_{y_c=0} e^{x_c}) +
 * ln(1 + Σ_{y_c=1} e^{−x_c}). Logits of positive labels are to be above 0, all others below; it does not grow with the number
 * of negative ones.
 *
 * Shapes `(...,C),(...,C)->(...)`. In nats. Labels above ½ are 1, all others 0.
 *
 * @throws if the shapes differ or an option is unknown.
 * @see Su et al. (2022), doi:10.48550/arXiv.2208.02955; timm `ZlprLoss`, bert4keras
 * `multilabel_categorical_crossentropy`.
 * @example zlpr([[1, 0, 0]], [[0, 0, 0]]) // [1.7918]
 * @function
 */
export const zlpr: Loss<ClassAxisOption> = /* @__PURE__ */ defineLoss<ClassAxisOption>({
  name: 'zlpr',
  aliases: { multilabelCategoricalCrossentropy: {} },
  signature: '(...,C),(...,C)->(...)',
  domains: [probability, logit],
  options: { axis: [-1, axes] },
  formula: ({ labels, predictions }) => {
    const isPositive = constant(() => less(0.5, labels));
    // Labels have the derivative 0, and NaN among them stays.
    const signs = add(
      constant(() => where(isPositive, -1, 1)),
      mul(0, labels),
    );
    // How far a logit is on the wrong side of 0.
    const wrong = mul(predictions, signs);
    return add(softplusOfSum(where(isPositive, lowest(), wrong)), softplusOfSum(where(isPositive, wrong, lowest())));
  },
});

/** ln(1 + Σ eˣ) over the last axis, also where no x is left. */
function softplusOfSum(x: Tensor): Tensor {
  const isAny = constant(() => any(notEqual(x, lowest()), -1));
  const rows = where(
    constant(() => expandDims(isAny, -1)),
    x,
    0,
  );
  return where(isAny, softplus(logSumExp(rows)), 0);
}
