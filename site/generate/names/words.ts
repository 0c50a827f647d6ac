import type { Language } from '../../words/index.js';
import type { Origin } from './rows.js';

interface NameWords {
  readonly here: string;
  readonly call: string;
  readonly differs: string;
}

export const libraryTitles: Readonly<Record<Origin, string>> = {
  keras: 'Keras',
  pytorch: 'PyTorch',
  'tf-losses': 'tf.losses',
  'tfjs-layers': 'tfjs-layers',
};

export const nameWords: Readonly<Record<Language, NameWords>> = {
  en: { here: 'here', call: 'the same call, there and here', differs: 'where it differs' },
  zh: { here: '本库', call: '同一个调用：原库与本库', differs: '差异之处' },
};
