import { util } from '@tensorflow/tfjs-core';
import type { Written } from '../call/adviceSlot.js';
import { isOnHost } from '../numerics/host.js';
import { type Definition, definitionOf, domainsOf, rangeOf } from '../definition/definition.js';
import type { Domain } from '../definition/domain.js';
import { entriesOf, sizesOf } from '../definition/entries.js';
import { show } from '../definition/fail.js';
import { defaultsOf } from '../definition/options.js';
import { isTensor } from '../definition/tensorInput.js';
import { givenOptions, inputsOf } from './inCode.js';
import { beQuiet, isNew } from './firstCalls.js';
import { logitOption } from './logitOptions.js';

/** So many values of each input are looked at at most. */
const VALUES = 1e5;

/** By how much a probability may miss its bounds, or a sum 1, by rounding. */
const ROUNDING = 1e-3;

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
  if (!isNew(facts)) return;
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
  console.warn(`${facts.name}: ${mistake}. This is said once.`);
}

/** Predictions beyond the range in which the formula means something, of a loss that may be given logits. */
function unlikeProbability(
  definition: Definition<Options>,
  options: Options,
  { shape, values }: Values,
  option: Options,
): string | null {
  const range = rangeOf(definition, options);
  const wouldBe = domainsOf(definition, { ...options, ...option }).at(-1);
  const isUsual = domainsOf(definition, options).at(-1)?.name !== wouldBe?.name;
  if (!range || !isUsual || wouldBe?.range) return null;
  const at = indexOf(values, (x) => Number.isFinite(x) && (x < range[0] - ROUNDING || x > range[1] + ROUNDING));
  if (at < 0) return null;
  const { expected } = domainsOf(definition, options).at(-1) as Domain;
  const place = util.indexToLoc(at, shape.length, util.computeStrides([...shape]));
  const [from] = Object.entries(option);
  return (
    `predictions${shape.length > 0 ? show(place) : ''} is ${values[at]}, where ${expected} is expected; logits are given ` +
    `with ${from?.[0]}: ${show(from?.[1])}`
  );
}

/** Labels that are fractions, as predictions are, beside predictions that are all 0 or 1, as labels are. */
function swapped(
  definition: Definition<Options>,
  options: Options,
  labels: Values,
  predictions: Values,
): string | null {
  const [ofLabels, ofPredictions] = domainsOf(definition, options);
  const isOfOne = ofLabels?.name === 'probability' || ofLabels?.name === 'distribution';
  // Two distributions are no labels and predictions.
  if (!isOfOne || ofLabels !== ofPredictions || !('fromLogits' in options)) return null;
  const isHard = indexOf(predictions.values, (x) => x !== 0 && x !== 1) < 0;
  const isSoft = indexOf(labels.values, (x) => !(x > ROUNDING && x < 1 - ROUNDING)) < 0;
  if (!isHard || !isSoft || predictions.values.length < 2) return null;
  return 'predictions are all 0 or 1 and labels are fractions, as if they were swapped; labels come first';
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
