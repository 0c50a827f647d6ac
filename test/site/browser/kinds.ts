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

/** What is tried in a language of many things that are much alike in both: each in one of them, in turn, or all. */
export const triedIn = <T>(language: (typeof languages)[number], many: readonly T[], isAll: boolean): readonly T[] =>
  many.filter((_, i) => isAll || i % languages.length === languages.indexOf(language));
