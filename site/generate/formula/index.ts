import { parse } from './parse.js';
import { runsOf } from './runs.js';
import { type Style, texOf } from './tex.js';

export { FormulaError, parse } from './parse.js';
export { type Run, runsOf } from './runs.js';
export { type Style, texOf } from './tex.js';

/** A formula in the notation of docstrings as TeX. */
export const toTex = (formula: string, style: Style): string => texOf(parse(formula), style).trim();

/** A text in Markdown, its mathematics between dollar signs; `prose` writes the rest. */
export const typeset = (text: string, style: Style, prose: (text: string) => string): string =>
  runsOf(text)
    .map((run) => (run.isFormula ? `$${toTex(run.text, { ...style, isDisplayed: false })}$` : prose(run.text)))
    .join('');
