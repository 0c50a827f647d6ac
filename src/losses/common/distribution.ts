import { log, type Tensor } from '@tensorflow/tfjs-core';
import { type Domain, distribution, logProbability, logit } from '../../definition/domain.js';
import { axes, type Kind, oneOf, temperature } from '../../definition/kinds.js';
import type { OptionSchema } from '../../definition/options.js';
import type { ClassAxisOption } from '../../definition/sharedOptions.js';
import { constant } from '../../numerics/autodiff.js';
import { exp } from '../../numerics/functions.js';
import { logSoftmax, softmax } from '../../numerics/softmax.js';
import { differenceFromSoftmax, differenceOfSoftmaxes } from '../../numerics/softmaxes.js';
import { where } from '../../numerics/portable.js';
import { scaleLogits } from './classes.js';
import { equal, logicalAnd, neg, sub } from '../../tfjs/ops.js';
import { differenceOfLogs } from './divergenceOfLogits.js';

/** How a distribution over the class axis is written down. */
export type DistributionFormat = 'probabilities' | 'logProbabilities' | 'logits';

/** What the numbers of each format mean. */
export const formatDomains: { readonly [F in DistributionFormat]: Domain } = {
  probabilities: distribution,
  logProbabilities: logProbability,
  logits: logit,
};

const distributionFormat: Kind<DistributionFormat> = /* @__PURE__ */ oneOf(
  'probabilities',
  'logProbabilities',
  'logits',
);

/** The options of losses between two distributions. */
export interface FormatOptions extends ClassAxisOption {
  /** How predictions are written: `'probabilities'` (default), `'logProbabilities'` or `'logits'`. */
  readonly predictionFormat: DistributionFormat;
  /** How labels are written: `'probabilities'` (default), `'logProbabilities'` or `'logits'`. */
  readonly labelFormat: DistributionFormat;
}

export const formatOptions: OptionSchema<FormatOptions> = {
  predictionFormat: ['probabilities', distributionFormat],
  labelFormat: ['probabilities', distributionFormat],
  axis: [-1, axes],
};

/** The option of losses for distillation. */
export interface TemperatureOption {
  /** Divides the logits of both sides; no factor T² is added. Default 1. */
  readonly temperature: number;
}

export const temperatureOption: OptionSchema<TemperatureOption> = { temperature: [1, temperature] };

/** A temperature means something for logits only. */
export function temperatureConflict({
  temperature,
  predictionFormat,
  labelFormat,
}: FormatOptions & TemperatureOption): string | undefined {
  return temperature === 1 || predictionFormat === 'logits' || labelFormat === 'logits'
    ? undefined
    : 'temperature acts on logits; expected predictionFormat or labelFormat to be "logits"';
}

/** Log-probabilities of a distribution given by them or by logits, which the temperature divides. */
export function logOf(given: Tensor, format: 'logProbabilities' | 'logits', temperature: number): Tensor {
  return format === 'logits' ? logSoftmax(scaled(given, temperature)) : given;
}

/** Probabilities of a distribution, however it is given. */
export function probabilitiesOf(given: Tensor, format: DistributionFormat, temperature: number): Tensor {
  if (format === 'probabilities') return given;
  return format === 'logits' ? softmax(scaled(given, temperature)) : exp(given);
}

/** The probabilities of one distribution less those of another. */
export function differenceOf(
  [p, q]: readonly [Tensor, Tensor],
  [ofP, ofQ]: readonly [DistributionFormat, DistributionFormat],
  temperature: number,
): Tensor {
  if (ofP === 'logits' && ofQ === 'logits') {
    return differenceOfSoftmaxes(scaled(p, temperature), scaled(q, temperature));
  }
  if (ofP === 'logProbabilities' && ofQ === 'logProbabilities') return differenceOfLogs(p, q);
  if (ofQ === 'logits') return differenceFromSoftmax(probabilitiesOf(p, ofP, temperature), scaled(q, temperature));
  if (ofP === 'logits') return neg(differenceFromSoftmax(probabilitiesOf(q, ofQ, temperature), scaled(p, temperature)));
  return sub(probabilitiesOf(p, ofP, temperature), probabilitiesOf(q, ofQ, temperature));
}

const scaled = (logits: Tensor, temperature: number): Tensor => scaleLogits(logits, { softcap: null, temperature });

/** ln q, and 0 where p and q are both 0, so that 0·ln 0 has neither a value nor a gradient. */
export function logWherePresent(q: Tensor, p: Tensor): Tensor {
  return log(
    where(
      constant(() => logicalAnd(equal(p, 0), equal(q, 0))),
      1,
      q,
    ),
  );
}
