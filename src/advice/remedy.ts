import type { Written } from '../call/adviceSlot.js';
import { isOptions, reductions } from '../definition/options.js';
import { givenOptions, inCode, inputsOf } from './inCode.js';
import { knownOptions, optionMeant } from './optionNames.js';
import { optionsInPlaces } from './places.js';
import { reductionMeant } from './reductions.js';
import { shapeRemedy } from './shapes.js';

/** What to do about the error of a call, in words for its end; null where that is not known. */
export function remedyOf(written: Written): string | null {
  const { args, isWith } = written;
  const after = args.slice(isWith ? 0 : inputsOf(written).length);
  const isInPlaces = after.length > 1 || (after[0] !== undefined && !isOptions(after[0]));
  const given = isInPlaces ? optionsInPlaces(written, after) : givenOptions(written);
  if (!given) return null;
  const options = mendedOptions(written, given);
  if (options === null) return null;
  if (isInPlaces || Object.entries(options).some(([name, value]) => value !== given[name])) {
    return `write ${inCode(written, { options })}`;
  }
  return isWith ? null : shapeRemedy(written);
}

/** Options with the names and the reduction that are meant; null where one of them is not known. */
function mendedOptions(
  { definition, fixed }: Written,
  given: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> | null {
  const known = knownOptions(definition);
  const named = Object.entries(given).map(([name, value]) => [
    known.includes(name) ? name : optionMeant(definition, name),
    value,
  ]);
  if (named.some(([name]) => name === null)) return null;
  const options = Object.fromEntries(named) as Record<string, unknown>;
  if (!('reduction' in options)) return options;
  const { weights } = { ...(fixed as { readonly weights?: unknown }), ...options };
  const reduction = reductionMeant(options['reduction'], weights !== undefined && weights !== null);
  return reduction && { ...options, reduction: isOurs(options['reduction']) ? options['reduction'] : reduction };
}

const isOurs = (reduction: unknown): boolean => (reductions as readonly unknown[]).includes(reduction);
