import type { Loss } from '../../definition/definition.js';
import { defineLoss } from '../../loss/define.js';
import {
  formatDomains,
  temperatureConflict,
  temperatureOption,
  type TemperatureOption,
} from '../common/distribution.js';
import { divergenceOptions, type DivergenceOptions, kullbackLeibler } from '../common/kullbackLeibler.js';

export interface KlDivergenceOptions extends DivergenceOptions, TemperatureOption {}

/**
 * Kullback-Leibler divergence of predictions p from labels y: KL(y‖p) = Σ_c y_c·(ln y_c − ln p_c), with
 * 0·ln 0 = 0. It is the cross-entropy less the entropy of the labels, and not symmetric.
 *
 * Shapes `(...,C),(...,C)->(...)`. In nats, or in the unit of `base`: 2 bits, 10 hartleys.
 *
 * PyTorch's `batchmean` is `reduction: 'mean'`, since the class axis is summed here already.
 *
 * @throws if the shapes differ, an option is unknown or out of range, or a temperature meets no logits.
 * @see Kullback & Leibler (1951), doi:10.1214/aoms/1177729694; Keras `KLDivergence`, PyTorch `kl_div`, optax
 * `kl_divergence` and `kl_divergence_with_log_targets`.
 * @example klDivergence([[1, 0, 0]], [[0.5, 0.25, 0.25]], { base: 2, epsilon: null }) // [1]
 * @function
 */
export const klDivergence: Loss<KlDivergenceOptions> = /* @__PURE__ */ defineLoss<KlDivergenceOptions>({
  name: 'klDivergence',
  aliases: {
    kl: {},
    kld: {},
    klDiv: {},
    kullbackLeibler: {},
    kullbackLeiblerDivergence: {},
    klDivergenceWithLogTargets: { labelFormat: 'logProbabilities', predictionFormat: 'logProbabilities' },
  },
  keras: { className: 'KLDivergence', name: 'kl_divergence', options: {} },
  signature: '(...,C),(...,C)->(...)',
  domains: ({ labelFormat, predictionFormat }) => [formatDomains[labelFormat], formatDomains[predictionFormat]],
  options: { ...divergenceOptions, ...temperatureOption },
  check: temperatureConflict,
  formula: ({ labels, predictions }, options) => kullbackLeibler(labels, predictions, options, options.temperature),
});
