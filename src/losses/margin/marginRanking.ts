import { relu } from '@tensorflow/tfjs-core';
import type { Loss } from '../../definition/definition.js';
import { hingeLabel, real } from '../../definition/domain.js';
import { finite } from '../../definition/kinds.js';
import type { TensorInput } from '../../definition/tensorInput.js';
import { defineLoss } from '../../loss/define.js';
import { type HingeOptions, labelsOption, signedLabels } from '../common/hingeLabels.js';
import { mul, sub } from '../../tfjs/ops.js';

type Inputs = readonly [labels: TensorInput, a: TensorInput, b: TensorInput];

/**
 * Margin ranking loss of two scores a and b: max(0, m − y·(a − b)), with a label y of 1 if a is to rank above b and −1 if
 * below. The margin m is 0 by default.
 *
 * Shapes `(...),(...),(...)->(...)`. In the units of the scores.
 *
 * @throws if the shapes differ or an option is unknown or out of range.
 * @see PyTorch `margin_ranking_loss`.
 * @example marginRanking([1, -1], [0.5, 2], [1, 1]) // [0.5, 1]
 * @function
 */
export const marginRanking: Loss<HingeOptions, Inputs> = /* @__PURE__ */ defineLoss<
  HingeOptions,
  'labels' | 'a' | 'b',
  Inputs
>({
  name: 'marginRanking',
  signature: '(...),(...),(...)->(...)',
  inputs: ['labels', 'a', 'b'],
  domains: [hingeLabel, real, real],
  options: { ...labelsOption, margin: [0, finite] },
  formula: ({ labels, a, b }, options) =>
    relu(sub(options.margin, mul(signedLabels(labels, options.labels), sub(a, b)))),
});
