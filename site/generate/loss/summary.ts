import type { LossFacts } from '../../../scripts/facts/facts.js';
import { parse, runsOf, type Style, texOf } from '../formula/index.js';
import type { Tree } from '../formula/tree.js';
import { symbolsOf } from './symbols.js';

/** A summary in three parts: what stands before the formula, the formula on a line of its own as TeX, and the rest. */
export interface Summary {
  readonly lead: string;
  readonly formula: string | null;
  readonly rest: string;
}

export function summaryOf(loss: LossFacts, style: Style): Summary {
  const { summary, formula } = loss;
  const at = summary.indexOf(formula);
  const runs = formula === '' ? [] : runsOf(formula);
  const main = runs.findIndex(({ isFormula, text }) => isFormula && isMain(parse(text)));
  if (main < 0) return { lead: summary, formula: null, rest: '' };
  const textOf = (from: number, to?: number): string =>
    runs
      .slice(from, to)
      .map(({ text }) => text)
      .join('');
  const lead = summary.slice(0, at) + textOf(0, main);
  const after = textOf(main + 1) + summary.slice(at + formula.length);
  const [, stop = '', rest = ''] = /^([.,:;]?)([^]*)$/.exec(after) ?? [];
  const tree = parse(runs[main]?.text ?? '');
  const shown = `${leftSide(tree, lead, loss)}${texOf(tree, { ...style, isDisplayed: true }).trim()}`;
  return { lead: lead.trim(), formula: `${shown}${stop.replace(/[:;]/, (sign) => `\\,${sign}`)}`, rest: rest.trim() };
}

/** The formula of the loss, not one of the letters and definitions that stand before it. */
const isMain = (tree: Tree): boolean => {
  if (tree.kind === 'relation') return tree.parts[0]?.kind === 'call';
  return tree.kind !== 'name' && tree.kind !== 'number';
};

/** `ℓ(y, p) = `, unless the formula says itself what it is. */
function leftSide(tree: Tree, lead: string, loss: LossFacts): string {
  if (tree.kind === 'relation' || loss.summary.includes('Not a loss')) return '';
  const all = [...symbolsOf(loss).values()];
  const symbols = all.filter((symbol) => symbol !== null);
  const isKnown = all.length > 0 && symbols.length === all.length;
  const greek = (letter: string): string => texOf({ kind: 'name', text: letter }, plain).trim();
  const given = isKnown ? `(${symbols.map(greek).join(', ')})` : '';
  return `\\ell${indexOf(lead)}${given} = `;
}

const plain: Style = { isDisplayed: false, words: { if: '', otherwise: '' }, letters: {} };

/** Of what the formula is one of several. */
function indexOf(lead: string): string {
  const pair = /each pair (\w) ≠ (\w)/.exec(lead);
  if (pair) return `_{${pair[1] ?? ''}${pair[2] ?? ''}}`;
  const example = /of each example (\w)\b/.exec(lead);
  if (example) return `_{${example[1] ?? ''}}`;
  return lead.endsWith('of each class ') ? '_c' : '';
}
