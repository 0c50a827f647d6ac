import { existsSync, readFileSync } from 'node:fs';
import { SITE } from '../config/places.js';

/** A program of `site/programs`, and the text that it prints. */
export interface Program {
  readonly name: string;
  readonly code: string;
  readonly output: string;
}

export function programOf(name: string): Program {
  const text = (file: string): string => readFileSync(`${SITE}programs/${file}`, 'utf8').trimEnd();
  const output = existsSync(`${SITE}programs/${name}.txt`) ? text(`${name}.txt`) : '';
  return { name, code: text(`${name}.mjs`), output };
}

/** A page with each line `@program name` replaced by the program and its output. */
export const expanded = (page: string): string =>
  page.replace(/^@program ([\w-]+)$/gm, (_, name: string) => block(programOf(name)));

function block({ name, code, output }: Program): string {
  const printed = output === '' ? '' : `\n\n\`\`\`text\n${output}\n\`\`\``;
  return `<run-here name="${name}">\n\n\`\`\`js\n${code}\n\`\`\`${printed}\n\n</run-here>`;
}
