/** The hand-written pages in the order of the side bar, without `.md`; losses, tables and the API follow from code. */
export const handWritten = {
  start: ['guides/node', 'guides/script-tag', 'guides/bundler', 'playground', 'race'],
  choosing: ['guides/which-loss', 'guides/logits', 'guides/reductions', 'guides/imbalance', 'guides/numerical-traps'],
  training: [
    'guides/training-loop',
    'guides/segmentation',
    'guides/sequences',
    'guides/several-outputs',
    'guides/large-vocabularies',
    'guides/not-learning',
    'guides/own-loss',
    'guides/saving',
    'guides/to-keras',
  ],
  coming: ['guides/from-tf-losses', 'guides/from-tfjs-layers', 'guides/from-keras', 'guides/from-pytorch'],
  articles: [
    'articles/index',
    'articles/cross-entropy-loss',
    'articles/losses-and-cross-entropy',
    'articles/cross-entropy-in-tensorflow',
  ],
} as const;

export type HandWritten = keyof typeof handWritten;

/** The pages of docs/ that the site shows, under `tables/`. */
export const tables = [
  'losses',
  'departures',
  'models',
  'diagnose',
  'messages',
  'cli',
  'speed',
  'accuracy',
  'sizes',
  'environments',
  'ARCHITECTURE',
] as const;

/** A group of the side bar. */
export interface Group {
  readonly title: string;
  readonly isFolded: boolean;
  /** Where its title leads, with the place in the page. */
  readonly path: string;
  readonly pages: readonly { readonly title: string; readonly path: string }[];
}
