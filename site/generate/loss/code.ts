import type { Page } from './page.js';

/** The loss as code of other libraries. */
export const elsewhereCode = (_page: Page): string => '';

/** Programs about the loss, with what they print. */
export const examplesOf = ({ loss }: Page): string =>
  loss.examples.map(({ code, result }) => `\`\`\`js\n${code}; // ${result}\n\`\`\``).join('\n\n');
