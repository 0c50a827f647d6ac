import { verdicts, type Result } from '../../../scripts/articles/judge.js';
import type { Language } from '../../words/index.js';
import { escaped } from './html.js';
import { here, shown, there } from './judged.js';
import { labelIn } from './labels.js';
import { articleWords } from './words.js';

/** Claims of an article as a table: number there, number here, whether it errs and why. Without blank lines, so that Markdown keeps it whole. */
export function numbersTable(results: readonly Result[], language: Language): string {
  const words = articleWords(language);
  return [
    '<div class="article-numbers">',
    '<table>',
    `<thead><tr><th scope="col">${words.number}</th><th scope="col">${words.there}</th><th scope="col">${words.here}</th></tr></thead>`,
    ...results.map((result) => claim(result, language)),
    '</table>',
    '</div>',
  ].join('\n');
}

function claim(result: Result, language: Language): string {
  const { entry, lines } = result;
  const numbers = lines.map(
    (line) =>
      `<tr><th scope="row">${escaped(labelIn(line.label, language))}</th><td>${escaped(shown(there(line)))}</td><td>${escaped(shown(here(line)))}</td></tr>`,
  );
  return [
    `<tbody id="${entry.id}">`,
    `<tr><th scope="rowgroup" colspan="3" class="claim">${verdict(result, language)} ${escaped(entry.claim[language])}</th></tr>`,
    ...numbers,
    ...remarks(result, language).map((text) => `<tr><td colspan="3" class="remark">${escaped(text)}</td></tr>`),
    '</tbody>',
  ].join('\n');
}

function verdict(result: Result, language: Language): string {
  const words = articleWords(language);
  const { correction } = result.entry;
  const [kind, text] = correction
    ? ['wrong', words.errs[correction.of]]
    : verdicts(result).includes('tfjs differs')
      ? ['differs', words.tfjsDiffers]
      : ['right', words.holds];
  return `<span class="verdict ${kind}">${text}</span>`;
}

function remarks({ entry, lines }: Result, language: Language): string[] {
  const words = articleWords(language);
  const { correction, tfjsDiffers, note, source } = entry;
  const given = lines
    .map(({ tfjs }) => tfjs)
    .filter((line) => line !== null)
    .map(shown);
  const stop = language === 'zh' ? '。' : '. ';
  return [
    correction?.[language],
    tfjsDiffers && `${words.tfjsGives} ${given.join(language === 'zh' ? '、' : '; ')}${stop}${tfjsDiffers[language]}`,
    note?.[language],
    source && `${words.source}${language === 'zh' ? '：' : ': '}${source[language]}`,
  ].filter((text) => text !== undefined);
}
