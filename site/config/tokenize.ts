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
