import type { Loss } from '../../definition/definition.js';
import { defineLoss } from '../../loss/define.js';
import { abs } from '../../numerics/functions.js';
import { sum } from '../../numerics/sum.js';
import { mul } from '../../tfjs/ops.js';
import {
  differenceOf,
  formatDomains,
  formatOptions,
  type FormatOptions,
  temperatureConflict,
  temperatureOption,
  type TemperatureOption,
} from '../common/distribution.js';

export interface TotalVariationOptions extends FormatOptions, TemperatureOption {}

/**
 * Total variation distance of labels p and predictions q: ½·Σ_c |p_c − q_c|, the most by which the two can differ in
 * the probability of any set of classes. Where p_c = q_c, the gradient is 0.
 *
 * Shapes `(...,C),(...,C)->(...)`. Without unit, from 0 to 1.
 *
 * @throws if the shapes differ, an option is unknown or out of range, or a temperature meets no logits.
 * @see Wen et al. (2023), doi:10.18653/v1/2023.acl-long.605; Liger `LigerTVDLoss`.
 * @example totalVariation([[1, 0, 0]], [[0.5, 0.25, 0.25]]) // [0.5]
 * @function
 */
export const totalVariation: Loss<TotalVariationOptions> = /* @__PURE__ */ defineLoss<TotalVariationOptions>({
  name: 'totalVariation',
  aliases: { tvd: {}, totalVariationDistance: {} },
  signature: '(...,C),(...,C)->(...)',
  domains: ({ labelFormat, predictionFormat }) => [formatDomains[labelFormat], formatDomains[predictionFormat]],
  range: null,
  options: { ...formatOptions, ...temperatureOption },
  check: temperatureConflict,
  formula: ({ labels, predictions }, { labelFormat, predictionFormat, temperature }) => {
    const difference = differenceOf([labels, predictions], [labelFormat, predictionFormat], temperature);
    return mul(0.5, sum(abs(difference), -1));
  },
});
