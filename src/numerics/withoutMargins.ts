import type { Tensor } from '@tensorflow/tfjs-core';
import { clone, fill } from '../tfjs/ops.js';
import { withGradient } from './autodiff.js';
import { where } from './portable.js';

/**
 * x itself. In its gradient what WebGL holds beyond the last row and column, which may be NaN, becomes 0: matMul's own
 * gradient multiplies by it.
 */
export const withoutMargins: (x: Tensor) => Tensor = /* @__PURE__ */ withGradient(clone, (dy) =>
  where(fill(dy.shape, 1, 'bool'), dy, 0),
);
