import { readdirSync, readFileSync } from 'node:fs';
import { SITE } from '../../site/config/places.js';
import { isCurrent, marked, withNotice } from '../../site/generate/translation.js';

const pagesIn = (folder: string): string[] =>
  readdirSync(`${SITE}pages/${folder}`, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.md'));

const english = pagesIn('').filter((path) => !path.startsWith('zh/'));
const read = (path: string): string => readFileSync(`${SITE}pages/${path}`, 'utf8');

test('every page is there in both languages', () => {
  expect(pagesIn('zh').sort()).toEqual([...english].sort());
});

test.each(english)('zh/%s translates %s as it is, or says that it does not', (path) => {
  const [translation, original] = [read(`zh/${path}`), read(path)];
  const shown = withNotice(translation, original, 'OLDER');
  expect(shown.includes('OLDER')).toBe(!isCurrent(translation, original));
  // Whoever changes a page sees to its translation, or notes here that it waits.
  expect(isCurrent(translation, original)).toBe(true);
});

test('a translation says so once its original has changed', () => {
  const translation = marked('# 标题\n\n正文\n', '# Title\n\nText\n');
  expect(withNotice(translation, '# Title\n\nText\n', 'OLDER')).toBe(translation);
  expect(withNotice(translation, '# Title\n\nAnother text\n', 'OLDER')).toContain('# 标题\n\n::: warning\nOLDER\n:::');
});
