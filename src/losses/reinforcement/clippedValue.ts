import type { Tensor } from '@tensorflow/tfjs-core';
import type { Loss } from '../../definition/definition.js';
import { held, real } from '../../definition/domain.js';
import { nonNegative } from '../../definition/kinds.js';
import type { TensorInput } from '../../definition/tensorInput.js';
import { defineLoss } from '../../loss/define.js';
import { constant } from '../../numerics/autodiff.js';
import { halfDifference } from '../../numerics/difference.js';
import { abs, atLeast, atMost } from '../../numerics/functions.js';
import { where } from '../../numerics/portable.js';
import { minus } from '../../numerics/scalars.js';
import { add, equal, less, logicalAnd, logicalNot, mul, square, sub } from '../../tfjs/ops.js';

export interface ClippedValueOptions {
  /** How far a value may go from the old one, in the units of the returns, before it is clipped. Default 0.2. */
  readonly clipRange: number;
}

type Inputs = readonly [returns: TensorInput, values: TensorInput, oldValues: TensorInput];

/**
 * Clipped squared error of the values of states, as proximal policy optimization trains them:
 * ½·max((v − R)², (v′ − R)²) with the return R, the value v and v′ = clip(v, v_old − ε, v_old + ε).
 *
 * Shapes `(...),(...),(...)->(...)`. In the squared units of the returns.
 *
 * Returns and old values are held constant: the derivatives for them are 0.
 *
 * @throws if the shapes differ, `clipRange` is negative or an option is unknown.
 * @see Schulman et al. (2017), doi:10.48550/arXiv.1707.06347; OpenAI baselines `ppo2`, CleanRL `ppo`.
 * @example clippedValue([1, 1], [0.5, 3], [0, 3]) // [0.32, 2]
 * @function
 */
export const clippedValue: Loss<ClippedValueOptions, Inputs> = /* @__PURE__ */ defineLoss<
  ClippedValueOptions,
  'returns' | 'values' | 'oldValues',
  Inputs
>({
  name: 'clippedValue',
  signature: '(...),(...),(...)->(...)',
  inputs: ['returns', 'values', 'oldValues'],
  domains: [/* @__PURE__ */ held(real), real, /* @__PURE__ */ held(real)],
  options: { clipRange: [0.2, nonNegative] },
  formula: ({ returns, values, oldValues }, { clipRange }) => {
    const change = sub(values, oldValues);
    const followed = constant(() => atMost(atLeast(change, minus(0, clipRange)), clipRange));
    const half = halfDifference(values, returns);
    // The difference of the old value and the return has digits that the value at the end of the range lacks.
    const halfClipped = add(halfDifference(oldValues, returns), mul(0.5, followed));
    const isWorse = constant(() => isFartherOut(change, half, halfClipped, clipRange));
    return mul(2, square(where(isWorse, half, halfClipped)));
  },
});

/**
 * Where the error counts that is not clipped: within the range, and beyond it where it is larger. At the end of the range it
 * is the one to which 0 is no subgradient, which grows outwards.
 */
function isFartherOut(change: Tensor, half: Tensor, halfClipped: Tensor, clipRange: number): Tensor {
  const distance = abs(change);
  const isAtEnd = equal(distance, clipRange);
  const growsInwards = less(mul(half, change), 0);
  const isSmaller = logicalNot(less(abs(halfClipped), abs(half)));
  const isBeyond = logicalAnd(logicalNot(less(distance, clipRange)), isSmaller);
  return logicalNot(logicalAnd(isBeyond, logicalNot(logicalAnd(isAtEnd, logicalNot(growsInwards)))));
}
