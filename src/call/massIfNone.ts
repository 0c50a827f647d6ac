import type { MassIfNone } from '../definition/definition.js';
import { constant } from '../numerics/autodiff.js';
import { where } from '../numerics/portable.js';
import { equal } from '../tfjs/ops.js';

/** What a weighted mean divides by where nothing has mass. */
/* @__NO_SIDE_EFFECTS__ */
export const massIfNone = (mass: number): MassIfNone => ({
  mass,
  divisor: (divisor, reduction) => {
    if (reduction !== 'weightedMean') return divisor;
    const isNone = constant(() => equal(divisor, 0));
    return where(isNone, mass, divisor);
  },
});
