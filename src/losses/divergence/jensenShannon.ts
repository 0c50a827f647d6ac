import type { Loss } from '../../definition/definition.js';
import { fraction } from '../../definition/kinds.js';
import { defineLoss } from '../../loss/define.js';
import {
  formatDomains,
  temperatureConflict,
  temperatureOption,
  type TemperatureOption,
} from '../common/distribution.js';
import { jensenShannonDivergence } from '../common/jensenShannonDivergence.js';
import { divergenceOptions, type DivergenceOptions } from '../common/kullbackLeibler.js';

export interface JensenShannonOptions extends DivergenceOptions, TemperatureOption {
  /** Share β, from 0 to 1, of the labels in the mixture. 0 gives KL(P‖Q), 1 gives KL(Q‖P). Default 0.5. */
  readonly beta: number;
  /** Lower bound of probabilities where β is 0 or 1, as in `klDivergence`; a mixture needs none. Default 1e-7. */
  readonly epsilon: number | null;
}

/**
 * Jensen-Shannon divergence of labels P and predictions Q: β·KL(P‖M) + (1 − β)·KL(Q‖M), with the mixture
 * M = β·P + (1 − β)·Q. With β = ½ it is symmetric and at most 1 bit.
 *
 * Shapes `(...,C),(...,C)->(...)`. In nats, or in the unit of `base`: 2 bits, 10 hartleys.
 *
 * At β = 0 and β = 1, where it would be 0, it is KL(P‖Q) and KL(Q‖P). Probabilities are taken as they are; the
 * derivative of p·ln p at p = 0, which is infinite, is left out.
 *
 * @throws if the shapes differ, an option is unknown or out of range, or a temperature meets no logits.
 * @see Lin (1991), doi:10.1109/18.61115; Agarwal et al. (2024), arXiv:2306.13649; Liger `LigerJSD`.
 * @example jensenShannon([[1, 0]], [[0, 1]], { base: 2 }) // [1]
 * @function
 */
export const jensenShannon: Loss<JensenShannonOptions> = /* @__PURE__ */ defineLoss<JensenShannonOptions>({
  name: 'jensenShannon',
  aliases: { jsd: {}, jensenShannonDivergence: {} },
  signature: '(...,C),(...,C)->(...)',
  domains: ({ labelFormat, predictionFormat }) => [formatDomains[labelFormat], formatDomains[predictionFormat]],
  options: { ...divergenceOptions, ...temperatureOption, beta: [0.5, fraction] },
  check: temperatureConflict,
  formula: ({ labels, predictions }, options) => jensenShannonDivergence(labels, predictions, options, options),
});
