import { abs, log, sqrt, type Tensor } from '@tensorflow/tfjs-core';
import { add, less, mul, square } from '../tfjs/ops.js';
import { withGradient } from './autodiff.js';
import { log1p } from './log1p.js';
import { isHalf, where } from './portable.js';
import { ratio } from './quotient.js';

/** From here on √(1 + x²) is |x| to all digits, while x² is finite below. */
const long = (): number => (isHalf() ? 2 ** 7 : 2 ** 13);

/** √(1 + x²), without overflow. */
export const hypotenuse: (x: Tensor) => Tensor = /* @__PURE__ */ withGradient(
  (x) => {
    const size = abs(x);
    const isShort = less(size, long());
    return where(isShort, sqrt(add(1, square(where(isShort, size, 0)))), size);
  },
  (dy, x) => mul(dy, ratio(x, hypotenuse(x))),
);

/** ln √(1 + x²), to all digits near 0 and without overflow. */
export const logHypotenuse: (x: Tensor) => Tensor = /* @__PURE__ */ withGradient(
  (x) => {
    const size = abs(x);
    const isShort = less(size, long());
    return where(isShort, mul(0.5, log1p(square(where(isShort, size, 0)))), log(where(isShort, 1, size)));
  },
  (dy, x) => {
    const long = hypotenuse(x);
    return mul(dy, ratio(ratio(x, long), long));
  },
);
