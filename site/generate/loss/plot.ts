import type { Page } from './page.js';

/** The plot of value and gradient. */
export const plotOf = (_page: Page): string => '';
