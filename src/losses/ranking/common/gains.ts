import type { Tensor } from '@tensorflow/tfjs-core';
import { atMost, exp, expm1 } from '../../../numerics/functions.js';
import { mul, neg, sub } from '../../../tfjs/ops.js';

/** What items of relevance y gain, 2^y − 1, divided by 2^scale: 2^y itself may be beyond float32. */
export const gainsOf = (y: Tensor, scale: Tensor | number = 0): Tensor =>
  neg(mul(exp(mul(Math.LN2, sub(y, scale))), expm1(mul(-Math.LN2, y))));

/** More than this counts as this where gains are not divided, so that products with them are float32. */
export const MOST_RELEVANT = 100;

/** What items of relevance y gain. */
export const boundedGainsOf = (y: Tensor): Tensor => gainsOf(atMost(y, MOST_RELEVANT));
