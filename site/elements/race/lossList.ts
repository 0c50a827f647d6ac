import type { ControlFacts } from '../controls/index.js';
import type { DataName } from './data/names.js';

/** What the page knows about losses without loading them; made when the site is built. */
export interface LossList {
  /** The losses that fit each data set. */
  readonly offered: Readonly<Record<DataName, readonly string[]>>;
  readonly options: Readonly<Record<string, readonly ControlFacts[]>>;
}
