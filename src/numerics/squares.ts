import { sqrt, type Tensor } from '@tensorflow/tfjs-core';
import { broadcast_util, mul, neg, square } from '../tfjs/ops.js';
import { withGradients } from './autodiff.js';
import { timesExp } from './functions.js';
import { ratio } from './quotient.js';
import { stretch } from './sum.js';

/** a² ÷ b for b > 0, broadcast together, where neither a² nor the terms of the derivatives need to be float32. */
export function squareOver(a: Tensor, b: Tensor): Tensor {
  const shape = broadcast_util.assertAndGetBroadcastShape(a.shape, b.shape);
  return squareOverAlike(stretch(a, shape), stretch(b, shape));
}

/** The same for two tensors of one shape. */
const squareOverAlike = /* @__PURE__ */ withGradients(
  (a, b) => square(ratio(a, sqrt(b))),
  (dy, a, b) => {
    const quotient = ratio(a, b);
    return [mul(mul(2, dy), quotient), neg(mul(mul(dy, quotient), quotient))];
  },
);

/** a²·eˢ for two tensors of one shape, where neither a² nor eˢ needs to be float32. */
export const squareTimesExp: (a: Tensor, s: Tensor) => Tensor = /* @__PURE__ */ withGradients(
  (a, s) => square(timesExp(a, mul(0.5, s))),
  (dy, a, s) => [timesExp(mul(mul(2, dy), a), s), mul(dy, squareTimesExp(a, s))],
);
