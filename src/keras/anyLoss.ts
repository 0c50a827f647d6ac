import type { Loss } from '../definition/definition.js';

/** The same, as it is worked with here. */
export type AnyLoss = Loss<Readonly<Record<string, unknown>>>;
