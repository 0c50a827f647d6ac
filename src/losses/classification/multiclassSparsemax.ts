import { cumsum, greater, lessEqual, range, squeeze, type Tensor, topk } from '@tensorflow/tfjs-core';
import { ofTable, type TableFormula } from '../../call/kernelSlots.js';
import type { Loss } from '../../definition/definition.js';
import { classIndex, logit } from '../../definition/domain.js';
import { axes } from '../../definition/kinds.js';
import type { ClassAxisOption } from '../../definition/sharedOptions.js';
import { defineLoss } from '../../loss/define.js';
import { constant } from '../../numerics/autodiff.js';
import { atLeast } from '../../numerics/functions.js';
import { isClass } from '../../numerics/isClass.js';
import { opKernels } from '../../numerics/opKernels.js';
import { cast, where } from '../../numerics/portable.js';
import { sum } from '../../numerics/sum.js';
import { pick } from '../common/classes.js';
import { add, div, logicalNot, max, mul, reshape, square, sub } from '../../tfjs/ops.js';

/**
 * Sparsemax loss of logits x for a class index y: ½ + ½·Σ_{c∈S} (x_c² − τ²) − x_y. S is the classes whose probability
 * max(0, x_c − τ) is not 0, and τ makes the probabilities sum to 1. It is 0 where the class y is ahead by 1.
 *
 * Shapes `(...),(...,C)->(...)`. Without unit.
 *
 * @throws if the shapes do not fit, a label is no class index, or an option is unknown or out of range.
 * @see Martins & Astudillo (2016), doi:10.48550/arXiv.1602.02068; optax `multiclass_sparsemax_loss`.
 * @example multiclassSparsemax([0, 1], [[0, 0], [0, 3]]) // [0.25, 0]
 * @function
 */
export const multiclassSparsemax: Loss<ClassAxisOption> = /* @__PURE__ */ defineLoss<ClassAxisOption>({
  name: 'multiclassSparsemax',
  signature: '(...),(...,C)->(...)',
  domains: [classIndex, logit],
  options: { axis: [-1, axes] },
  formula: ({ labels, predictions }) => {
    const { shape } = predictions;
    const logits = reshape(predictions, [-1, shape.at(-1) ?? 1]);
    const threshold = constant(() => opKernels.simplexThreshold?.(logits) ?? thresholdOf(belowLargest(logits)));
    return reshape(ofTable(lossOfRows, {}, [logits, reshape(labels, [-1, 1]), threshold]), shape.slice(0, -1));
  },
});

/** A constant added to all logits cancels; without it no square is beyond float32. */
const belowLargest = (logits: Tensor): Tensor =>
  sub(
    logits,
    constant(() => max(logits, -1, true)),
  );

const lossOfRows: TableFormula<object> = {
  gives: 'rows',
  compute: ([logits, labels, limit]) => {
    const x = belowLargest(logits as Tensor);
    // So that NaN is present, and stays.
    const isPresent = constant(() => logicalNot(lessEqual(x, limit as Tensor)));
    const present = where(isPresent, x, 0);
    const count = constant(() => sum(cast(isPresent, 'float32'), -1));
    const threshold = div(sub(sum(present, -1), 1), count);
    const squares = sub(sum(square(present), -1), mul(count, square(threshold)));
    const right = pick(x, isClass(squeeze(labels as Tensor, [-1]), x.shape[1] as number));
    return sub(add(0.5, mul(0.5, squares)), right);
  },
};

/** The τ for which the probabilities max(0, x − τ) of each row sum to 1, of logits whose largest is 0: [R, 1]. */
function thresholdOf(x: Tensor): Tensor {
  const classes = x.shape.at(-1) as number;
  // What lies 1 or more below the largest has no part.
  const { values } = topk(atLeast(x, -1), classes);
  const sums = cumsum(values, values.rank - 1);
  const isPresent = greater(add(1, mul(range(1, classes + 1), values)), sums);
  const count = sum(cast(isPresent, 'float32'), -1, true);
  return div(sub(sum(where(isPresent, values, 0), -1, true), 1), count);
}
