import type { Facts, LossFacts } from '../../../scripts/facts/facts.js';
import type { Style } from '../formula/index.js';
import type { Language } from '../../words/index.js';
import { proseOf, type Prose } from './prose.js';
import { symbolsOf } from './symbols.js';
import { type LossWords, lossWordsOf } from './words.js';

/** What every section of the page of a loss is made of. */
export interface Page {
  readonly loss: LossFacts;
  readonly facts: Facts;
  readonly language: Language;
  readonly words: LossWords;
  readonly style: Style;
  readonly prose: Prose;
  /** The letter of each input in the formula, or null. */
  readonly symbols: ReadonlyMap<string, string | null>;
  /** Where the departures of a library from this loss are listed. */
  readonly departures: (library: string) => string;
}

export function pageOf(loss: LossFacts, facts: Facts, language: Language): Page {
  const words = lossWordsOf(language);
  const symbols = symbolsOf(loss);
  const style: Style = { isDisplayed: false, words, letters: { ...lettersOf(symbols), loss: 'ℓ' } };
  const names = new Set(facts.losses.map(({ name }) => name));
  return {
    loss,
    facts,
    language,
    words,
    style,
    symbols,
    prose: proseOf(style, names, loss.name),
    departures: (library) => {
      const place = library === 'tf.losses' ? 'tflosses-of-tensorflowjs' : loss.name.toLowerCase();
      return `../tables/departures.md#${place}`;
    },
  };
}

/** In a formula, the word `prediction` is the letter of the predictions. */
const lettersOf = (symbols: Page['symbols']): Style['letters'] =>
  Object.fromEntries(
    [...symbols].flatMap(([name, symbol]) =>
      symbol === null || name.length === 1 ? [] : [[name.replace(/s$/, ''), symbol]],
    ),
  );

/** A section with a heading whose id is the same in all languages; empty without content. */
export const section = (page: Page, id: keyof LossWords['headings'], content: string): string =>
  content === '' ? '' : `## ${page.words.headings[id]} {#${id}}\n\n${content}`;

export const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');

/** A link to the page of a loss. */
export const linkTo = ({ name }: LossFacts): string => `[\`${name}\`](./${name}.md)`;
