import type { InputFacts, LossFacts } from '../../../scripts/facts/facts.js';
import { runsOf } from '../formula/index.js';

/** The letter of each input in the formula, by its name; null where the text has none. */
export function symbolsOf({ inputs, summary }: LossFacts): ReadonlyMap<string, string | null> {
  const formulas = runsOf(summary)
    .filter(({ isFormula }) => isFormula)
    .map(({ text }) => text)
    .join(' ; ');
  return new Map(inputs.map((input) => [input.name, symbolOf(input, summary, formulas)]));
}

function symbolOf({ name, domain }: InputFacts, summary: string, formulas: string): string | null {
  if (name.length === 1) return name;
  const has = (letter: string): boolean => new RegExp(`(?<!\\p{L})${letter}(?!\\p{L})`, 'u').test(formulas);
  const isNamed = (word: string): boolean => new RegExp(`(?<!\\p{L})${word}(?!\\p{L})`, 'u').test(formulas);
  const said = names[name] ?? [name];
  const letter = said.map((word) => spoken(word).exec(summary)?.[1]).find((found) => found !== undefined);
  if (letter !== undefined) return letter;
  if (name === 'labels') return has('y') || isNamed('label') ? 'y' : has('Y') ? 'Y' : null;
  if (name !== 'predictions') return null;
  if (isNamed('prediction')) return 'p';
  const order = domain === 'logit' || domain === 'real' ? ['x', 'p'] : ['p', 'x'];
  return order.find(has) ?? null;
}

/** What texts call the inputs. */
const names: Readonly<Record<string, readonly string[]>> = {
  labels: ['label', 'labels', 'class index', 'class indices', 'counts'],
  predictions: [
    'prediction',
    'predictions',
    'score',
    'scores',
    'logit',
    'logits',
    'distance',
    'means',
    'probabilities',
  ],
};

const spoken = (word: string): RegExp => new RegExp(`(?<![\\p{L}])${word} (\\p{L})(?![\\p{L}\\p{Lm}_^(’'])`, 'u');
