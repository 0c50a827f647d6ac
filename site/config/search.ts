/**
 * Words of a text for the search, in English and Chinese, with the parts of names in camelCase. It is sent to the page as
 * source text, so it uses nothing from outside itself.
 */
export function tokenize(text: string): string[] {
  const segmenter = new Intl.Segmenter('zh', { granularity: 'word' });
  return Array.from(segmenter.segment(text), ({ segment, isWordLike }) => (isWordLike ? segment : '')).flatMap(
    (word) => {
      const parts = word.split(/(?<=[a-z\d])(?=[A-Z])|[._]/).filter(Boolean);
      return parts.length > 1 ? [word, ...parts] : parts;
    },
  );
}

/** Pages of losses come first, then hand-written ones, then the tables that name every loss; sent as source text too. */
export function boostDocument(id: string): number {
  if (/\/tables\/|\/api\//.test(id)) return 0.5;
  return /\/losses\/\w+\.html#\w+$/.test(id) ? 2 : 1;
}
