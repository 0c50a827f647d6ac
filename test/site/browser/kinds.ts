/** A page of each kind, by its path without the language. */
export const kinds = [
  '',
  'guides/node.html',
  'guides/reductions.html',
  'losses/',
  'losses/huber.html',
  'losses/sparseCategoricalCrossentropy.html',
  'articles/cross-entropy-loss.html',
  'playground.html',
  'race.html',
] as const;

/** Those that there are in English only. */
export const englishKinds = ['tables/losses.html', 'tables/cli.html', 'api/index/'] as const;

export const languages = ['', 'zh/'] as const;
