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

/** The losses of which a language is tried: every sixth of all, or all. Their pages and programs are tried without a browser. */
export const lossesTriedIn = (
  language: (typeof languages)[number],
  names: readonly string[],
  isAll: boolean,
): readonly string[] =>
  triedIn(
    language,
    names.filter((_, i) => isAll || i % 6 === 0),
    isAll,
  );
