import { complainOfFirst, entriesOf } from '../../definition/entries.js';
import { fail, show } from '../../definition/fail.js';
import { fraction, weight } from '../../definition/kinds.js';
import { type Given, type OptionSchema, overriding, resolveOptions } from '../../definition/options.js';
import { isRow } from '../../definition/tensorInput.js';

export interface EffectiveNumberOptions {
  /** β, from 0 to 1: 0 weighs all classes alike, 1 by the inverse of their counts. Default 0.999. */
  readonly beta: number;
}

const schema: OptionSchema<EffectiveNumberOptions> = { beta: [0.999, fraction] };

const name = 'effectiveNumberWeights';

/**
 * Class weights of how many examples n each class has: (1 − β) ÷ (1 − βⁿ), the inverse of the effective number of examples,
 * times a factor that makes their mean 1. Not a loss; `classWeights` takes it.
 *
 * Counts below 1 are taken for 1.
 *
 * @throws if `counts` is no array of numbers, a count is negative or not finite, or `beta` is not from 0 to 1.
 * @see Cui et al. (2019), doi:10.1109/CVPR.2019.00949; timm `compute_class_weights(method='effective_num')`.
 * @example effectiveNumberWeights([1, 2], { beta: 0.5 }) // [1.2, 0.8]
 */
export function effectiveNumberWeights(
  counts: ArrayLike<number>,
  options: Given<EffectiveNumberOptions> = {},
): number[] {
  const { beta } = resolveOptions(name, schema, overriding(name, {}, options));
  if (!isRow(counts) || counts.length === 0) fail(name, `counts is ${show(counts)}; expected one count per class`);
  const entries = entriesOf(name, 'counts', counts);
  if (entries.shape.length !== 1) fail(name, `counts has shape ${show(entries.shape)}; expected one count per class`);
  complainOfFirst(
    name,
    'counts',
    entries,
    (count) => !weight.accepts(count) || count < 0,
    () => 'a number of examples >= 0',
  );
  const inverses = Array.from(counts, (count) => 1 / effectiveNumber(Math.max(1, count), beta));
  const mean = inverses.reduce((total, inverse) => total + inverse) / inverses.length;
  return inverses.map((inverse) => inverse / mean);
}

/** 1 − βⁿ, by powers that are close to 1 too; n times something that is the same for all classes where β is 1. */
const effectiveNumber = (n: number, beta: number): number => (beta === 1 ? n : -Math.expm1(n * Math.log1p(beta - 1)));
