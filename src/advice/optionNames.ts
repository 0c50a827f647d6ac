import type { Written } from '../call/adviceSlot.js';
import { commonOptions } from '../definition/options.js';
import { own } from '../definition/own.js';
import { misspelt } from './misspelt.js';

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
  const isMeant = (one: string): boolean => one.toLowerCase() === camel.toLowerCase();
  return ofKeras ?? own(elsewhere, camel) ?? known.find(isMeant) ?? misspelt(camel, known) ?? null;
}
