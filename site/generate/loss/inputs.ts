import { toTex } from '../formula/index.js';
import { type Page, section, table } from './page.js';
import { escaped } from './prose.js';

/** The inputs and the result, their shapes in symbols and words, what their numbers are, and the unit. */
export function inputsSection(page: Page): string {
  const { loss, words } = page;
  const { inputs } = words;
  if (loss.inputs.length === 0)
    return section(page, 'inputs', [inputs.parameters, beyondSignature(page), unit(page)].filter(Boolean).join('\n\n'));
  const hasSymbols = [...page.symbols.values()].some((symbol) => symbol !== null);
  const row = (cells: readonly [name: string, symbol: string, shape: string, values: string]): string[] =>
    cells.filter((_, i) => i !== 1 || hasSymbols);
  const rows = loss.inputs.map(({ name, shape, domain, expected }) => {
    const symbol = page.symbols.get(name) ?? null;
    return row([
      `\`${name}\``,
      symbol === null ? '' : `$${toTex(symbol, page.style)}$`,
      `\`${shape}\``,
      escaped(inputs.domains[domain] ?? expected),
    ]);
  });
  const [, positions, output] = shapesOf(loss.signature ?? '');
  const content = [
    table(row([inputs.input, inputs.symbol, inputs.shape, inputs.values]), [
      ...rows,
      row([`_${inputs.value}_`, '', `\`${output}\``, page.prose.text(loss.unit)]),
    ]),
    letters(page),
    positions === output ? '' : inputs.positions(`\`${positions}\``),
    beyondSignature(page),
  ];
  return section(page, 'inputs', content.filter((part) => part !== '').join('\n\n'));
}

const unit = ({ loss, words, prose }: Page): string =>
  loss.unit === '' ? '' : `${words.inputs.unit}: ${prose.text(loss.unit)}.`;

/** The inputs, the positions that weights and mask go by, and the result of a signature. */
function shapesOf(signature: string): readonly [inputs: string, positions: string, output: string] {
  const [inputs = '', ...rest] = signature.split('->');
  const output = rest.at(-1) ?? '';
  return [inputs, rest[0] ?? output, output];
}

/** The letters of the shapes of a loss, in words. */
function letters({ loss, words }: Page): string {
  const text = loss.signature ?? '';
  const used = Object.entries(words.inputs.letters).filter(([letter]) =>
    letter.length === 1
      ? new RegExp(`\\b${letter}\\b`).test(text)
      : text.replaceAll('[...]', letter === '...' ? '' : '[...]').includes(letter),
  );
  const list = used.map(([letter, meaning]) => `\`${letter}\` ${meaning}`);
  return list.length === 0 ? '' : `${words.inputs.where} ${list.join(words.comma)}${words.end}`;
}

/** What the docstring says about shapes that the signature does not. */
function beyondSignature({ loss, prose }: Page): string {
  const isPlain = loss.signature !== null && new RegExp('^Shapes `[^`]*`\\.$').test(loss.shapes);
  return isPlain ? '' : prose.text(loss.shapes);
}
