import { abs as tfAbs, exp as tfExp, softplus as tfSoftplus, type Tensor } from '@tensorflow/tfjs-core';
import { add, customGrad, less, mul, neg, sub } from '../tfjs/ops.js';
import { constant, withGradient } from './autodiff.js';
import { mulNoNan, sigmoid, tanh } from './functions.js';
import { log1pOfShare } from './log1p.js';
import { isTraced, where } from './portable.js';

/** ln(1 + e^−|x|): by how much softplus x is above the larger of x and 0. */
export const softplusExcess: (x: Tensor) => Tensor = /* @__PURE__ */ withGradient(
  (x) => {
    const farther = neg(tfAbs(x));
    return isTraced() ? tfSoftplus(farther) : log1pOfShare(tfExp(farther));
  },
  (dy, x) => {
    const isNegative = constant(() => less(x, 0));
    return mul(dy, where(isNegative, sigmoid(x), neg(sigmoid(neg(x)))));
  },
);

/**
 * y·σ(−x) + (1 − y)·σ(x): the share that logits x leave to the other label than y, both of one shape. Its derivative for
 * y has the digits that σ(−x) − σ(x) lacks near x = 0.
 */
export function otherLabel(y: Tensor, x: Tensor): Tensor {
  return customGrad((...args) => {
    const [labels, logits, save] = args as unknown as [Tensor, Tensor, (tensors: Tensor[]) => void];
    save([labels, logits]);
    const gradFunc = (dy: Tensor, saved: Tensor[]): Tensor[] => {
      const [a, b] = saved as [Tensor, Tensor];
      const slope = mul(sub(1, mul(2, a)), mul(sigmoid(b), sigmoid(neg(b))));
      return [mul(neg(dy), tanh(mul(0.5, b))), mulNoNan(slope, dy)];
    };
    return { value: add(mul(labels, sigmoid(neg(logits))), mul(sub(1, labels), sigmoid(logits))), gradFunc };
  })(y, x);
}
