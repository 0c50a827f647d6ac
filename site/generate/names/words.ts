import type { Language } from '../../words/index.js';
import type { Origin } from './rows.js';

interface NameWords {
  readonly here: string;
  readonly differs: string;
  /** The title of the calls, which are shown on a click. */
  readonly calls: string;
}

export const libraryTitles: Readonly<Record<Origin, string>> = {
  keras: 'Keras',
  pytorch: 'PyTorch',
  'tf-losses': 'tf.losses',
  'tfjs-layers': 'tfjs-layers',
};

export const nameWords: Readonly<Record<Language, NameWords>> = {
  en: { here: 'here', differs: 'where it differs', calls: 'The same calls, there (as a remark) and here' },
  zh: { here: '本库', differs: '差异之处', calls: '同样的调用：原库（注释）与本库' },
};
