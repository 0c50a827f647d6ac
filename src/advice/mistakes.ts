import { util } from '@tensorflow/tfjs-core';
import type { Written } from '../call/adviceSlot.js';
import { isOnHost } from '../call/argument.js';
import { type Definition, definitionOf, domainsOf, rangeOf } from '../definition/definition.js';
import type { Domain } from '../definition/domain.js';
import { entriesOf, sizesOf } from '../definition/entries.js';
import { show } from '../definition/fail.js';
import { defaultsOf } from '../definition/options.js';
import { isTensor } from '../definition/tensorInput.js';
import { givenOptions, inCode, inputsOf } from './inCode.js';
import { logitOption } from './logitOptions.js';

/** So many calls of a loss are looked at, and so many values of each input at most. */
const CALLS = 20;
const VALUES = 1e5;

/** By how much a probability may miss its bounds, or a sum 1, by rounding. */
const ROUNDING = 1e-3;

/** How often each loss has been looked at. */
const looked = new WeakMap<object, number>();

/** Says no more of a loss, of which something has been said. */
export const beQuiet = (loss: object): void => void looked.set(loss, CALLS);

interface Values {
  readonly shape: readonly number[];
  readonly values: ArrayLike<number>;
}

type Options = Readonly<Record<string, unknown>>;

/**
 * Says once on the console that predictions look like logits where a loss takes probabilities, or that labels look like
 * predictions. The first calls of a loss are looked at, where values can be read without waiting for a device.
 */
export function noteMistakes(written: Written): void {
  const { definition: facts, fixed, args } = written;
  const count = looked.get(facts) ?? 0;
  if (count >= CALLS) return;
  looked.set(facts, count + 1);
  const option = logitOption(facts.options);
  if (!('formula' in facts) || args.length < 2 || option === null) return;
  const definition = definitionOf({ definition: facts });
  const options: Options = { ...defaultsOf(facts.options), ...fixed, ...givenOptions(written) };
  // What does not count may be anything; and who wants no look gets none.
  if (hasValue(options['mask']) || options['validate'] === false) return;
  const [labels, predictions] = [readFree(args[0]), readFree(args[inputsOf(written).length - 1])];
  const mistake =
    (predictions && unlikeProbability(definition, options, predictions, option)) ??
    (labels && predictions && swapped(definition, options, labels, predictions));
  if (!mistake) return;
  beQuiet(facts);
  const code = inCode(written, { options: { ...givenOptions(written), ...mistake.options } });
  console.warn(`${facts.name}: ${mistake.seen}; ${code} ${mistake.remedy}. This is said once.`);
}

interface Mistake {
  readonly seen: string;
  /** Options to be added. */
  readonly options: Options;
  /** What the call with them does. */
  readonly remedy: string;
}

/** Predictions beyond the range in which the formula means something, of a loss that may be given logits. */
function unlikeProbability(
  definition: Definition<Options>,
  options: Options,
  { shape, values }: Values,
  option: Options,
): Mistake | null {
  const range = rangeOf(definition, options);
  const wouldBe = domainsOf(definition, { ...options, ...option }).at(-1);
  const isUsual = domainsOf(definition, options).at(-1)?.name !== wouldBe?.name;
  if (!range || !isUsual || wouldBe?.range) return null;
  const at = indexOf(values, (x) => Number.isFinite(x) && (x < range[0] - ROUNDING || x > range[1] + ROUNDING));
  if (at < 0) return null;
  const { expected } = domainsOf(definition, options).at(-1) as Domain;
  const place = util.indexToLoc(at, shape.length, util.computeStrides([...shape]));
  const seen = `predictions${shape.length > 0 ? show(place) : ''} is ${values[at]}, where ${expected} is expected`;
  return { seen, options: option, remedy: 'takes numbers of any size' };
}

/** Labels that are fractions, as predictions are, beside predictions that are all 0 or 1, as labels are. */
function swapped(
  definition: Definition<Options>,
  options: Options,
  labels: Values,
  predictions: Values,
): Mistake | null {
  const [ofLabels, ofPredictions] = domainsOf(definition, options);
  const isOfOne = ofLabels?.name === 'probability' || ofLabels?.name === 'distribution';
  // Two distributions are no labels and predictions.
  if (!isOfOne || ofLabels !== ofPredictions || !('fromLogits' in options)) return null;
  const isHard = indexOf(predictions.values, (x) => x !== 0 && x !== 1) < 0;
  const isSoft = indexOf(labels.values, (x) => !(x > ROUNDING && x < 1 - ROUNDING)) < 0;
  if (!isHard || !isSoft || predictions.values.length < 2) return null;
  return {
    seen: 'predictions are all 0 or 1, and labels none of both, as if they were swapped',
    options: {},
    remedy: 'takes labels first',
  };
}

/** Not by `findIndex`, which takes several times as long. */
function indexOf(values: ArrayLike<number>, is: (value: number) => boolean): number {
  for (let i = 0; i < values.length; i++) if (is(values[i] as number)) return i;
  return -1;
}

const hasValue = (value: unknown): boolean => value !== undefined && value !== null;

function readFree(value: unknown): Values | null {
  try {
    if (!isTensor(value)) return util.sizeFromShape(sizesOf(value)) <= VALUES ? entriesOf('', '', value) : null;
    return isOnHost() && value.size <= VALUES ? { shape: value.shape, values: value.dataSync() } : null;
  } catch {
    // A device may refuse to be read.
    return null;
  }
}
