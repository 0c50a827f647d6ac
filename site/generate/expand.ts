import { existsSync, readFileSync } from 'node:fs';
import type { Facts } from '../../scripts/facts/facts.js';
import { SITE } from '../config/places.js';
import type { Language } from '../words/index.js';
import { sizesTable } from './sizesTable.js';
import { whichLoss } from './whichLoss.js';

/** A program of `site/programs`, a module for Node and browsers or a whole page, and the text that it prints. */
export interface Program {
  readonly name: string;
  readonly language: 'js' | 'html';
  readonly code: string;
  readonly output: string;
}

export function programOf(name: string): Program {
  const isPage = existsSync(`${SITE}programs/${name}.html`);
  const text = (file: string): string => readFileSync(`${SITE}programs/${file}`, 'utf8').trimEnd();
  const output = existsSync(`${SITE}programs/${name}.txt`) ? text(`${name}.txt`) : '';
  return { name, language: isPage ? 'html' : 'js', code: text(`${name}.${isPage ? 'html' : 'mjs'}`), output };
}

/** A page with each line `@program name` replaced by the program and its output, and other such lines by their tables. */
export const expanded = (page: string, facts: Facts, language: Language): string =>
  page
    .replace(/^@program ([\w-]+)$/gm, (_, name: string) => programBlock(programOf(name)))
    .replace(/^@which-loss$/gm, () => whichLoss(facts, language))
    .replace(/^@sizes$/gm, () => sizesTable(language));

/** A program and what it prints, in an element that runs it. */
export function programBlock({ name, language, code, output }: Program): string {
  const printed = output === '' ? '' : `\n\n\`\`\`text\n${output}\n\`\`\``;
  const shown = `\`\`\`${language}\n${code}\n\`\`\`${printed}`;
  return language === 'js' ? `<run-here name="${name}">\n\n${shown}\n\n</run-here>` : shown;
}
