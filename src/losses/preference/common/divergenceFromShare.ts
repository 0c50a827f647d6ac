import { abs as tfAbs, type Tensor } from '@tensorflow/tfjs-core';
import { withGradient } from '../../../numerics/autodiff.js';
import { expm1, expm1MinusX, mulNoNan, sigmoid, softplus } from '../../../numerics/functions.js';
import { log1pMinusX } from '../../../numerics/log1p.js';
import { where } from '../../../numerics/portable.js';
import { add, less, mul, neg, sub } from '../../../tfjs/ops.js';

/**
 * σ(h)·(ln σ(h) − ln p) + σ(−h)·(ln σ(−h) − ln q): the divergence of the logistic function of h and of its rest from a share p
 * and its rest q. Near p it is a square, of which nothing is lost.
 */
export function divergenceFromShare(h: Tensor, p: number, q: number): Tensor {
  const logit = Math.log(p) - Math.log(q);
  const rounded = Math.fround(logit);
  const above = (x: Tensor): Tensor => sub(sub(x, rounded), logit - rounded);
  return withGradient(
    (x) => {
      // Of the smaller of both shares, s: d is by how much its logit is below that of p or q.
      const isSmaller = less(x, 0);
      const s = sigmoid(neg(tfAbs(x)));
      const d = where(isSmaller, neg(above(x)), above(x));
      const isNear = less(tfAbs(d), 0.5);
      const small = where(isNear, d, 0);
      // ln(1 + u) − s·d with u = s·(eᵈ − 1), each less its linear part.
      const near = add(log1pMinusX(mul(s, expm1(small))), mul(s, expm1MinusX(small)));
      const surprise = where(isSmaller, -Math.log(q), -Math.log(p));
      const far = sub(sub(surprise, softplus(neg(tfAbs(x)))), mulNoNan(s, d));
      return where(isNear, near, far);
    },
    (dy, x) => mul(dy, mul(mul(sigmoid(x), sigmoid(neg(x))), above(x))),
  )(h);
}
