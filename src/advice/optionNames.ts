import type { Written } from '../call/adviceSlot.js';
import { editDistance } from '../definition/editDistance.js';
import { commonOptions } from '../definition/options.js';

type Facts = Written['definition'];

/** What other libraries call options of every loss. */
const elsewhere: Readonly<Record<string, string>> = { sampleWeight: 'weights', sampleWeights: 'weights' };

export const knownOptions = ({ options }: Facts): readonly string[] => [
  ...Object.keys(options),
  ...Object.keys(commonOptions),
];

/** The option that is meant by a name that none has: that of Keras, one in snake case, a misspelt one; null: none. */
export function optionMeant(definition: Facts, name: string): string | null {
  const known = knownOptions(definition);
  const camel = name.replace(/_+(\w)/g, (_, letter: string) => letter.toUpperCase());
  const ofKeras = Object.entries(definition.keras?.options ?? {}).find(([, theirs]) => theirs === name)?.[0];
  const meant = ofKeras ?? elsewhere[camel] ?? known.find((one) => one.toLowerCase() === camel.toLowerCase());
  if (meant !== undefined) return meant;
  const nearest = known
    .map((one) => ({ one, far: editDistance(one.toLowerCase(), camel.slice(0, 2 * one.length).toLowerCase()) }))
    .sort((a, b) => a.far - b.far)[0];
  // One letter of four may be wrong.
  return nearest && nearest.far <= Math.max(1, nearest.one.length / 4) ? nearest.one : null;
}
