import type { Loss } from '../core/definition.js';

/** The same, as it is worked with here. */
export type AnyLoss = Loss<Readonly<Record<string, unknown>>>;
